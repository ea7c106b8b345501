//! Purposes of use (HL7 v3 ActReason, value set PurposeOfUse) and how they subsume one another.

/// Overriding policy in an emergency. It is a kind of treatment, so a permit must name it to mean it.
pub const BREAK_THE_GLASS: &str = "BTG";

/// Each purpose with the one that it is a kind of.
const TREE: &[(&str, Option<&str>)] = &[
    ("TREAT", None),
    ("CLINTRL", Some("TREAT")),
    ("COC", Some("TREAT")),
    ("ETREAT", Some("TREAT")),
    ("BTG", Some("ETREAT")),
    ("ERTREAT", Some("ETREAT")),
    ("POPHLTH", Some("TREAT")),
    ("TREATDS", Some("TREAT")),
    ("HPAYMT", None),
    ("CLMATTCH", Some("HPAYMT")),
    ("COVAUTH", Some("HPAYMT")),
    ("COVERAGE", Some("HPAYMT")),
    ("PMTDS", Some("HPAYMT")),
    ("REMITADV", Some("HPAYMT")),
    ("HRESCH", None),
    ("BIORCH", Some("HRESCH")),
    ("CLINTRCH", Some("HRESCH")),
    ("CLINTRCHNPC", Some("CLINTRCH")),
    ("CLINTRCHPC", Some("CLINTRCH")),
    ("PRECLINTRCH", Some("CLINTRCH")),
    ("DSRCH", Some("HRESCH")),
    ("POARCH", Some("HRESCH")),
    ("TRANSRCH", Some("HRESCH")),
    ("PATRQT", None),
    ("FAMRQT", Some("PATRQT")),
    ("PWATRNY", Some("PATRQT")),
    ("SUPNWK", Some("PATRQT")),
    ("PUBHLTH", None),
    ("DISASTER", Some("PUBHLTH")),
    ("THREAT", Some("PUBHLTH")),
    ("HOPERAT", None),
    ("CAREMGT", Some("HOPERAT")),
    ("DONAT", Some("HOPERAT")),
    ("FRAUD", Some("HOPERAT")),
    ("GOV", Some("HOPERAT")),
    ("HACCRED", Some("HOPERAT")),
    ("HCOMPL", Some("HOPERAT")),
    ("HDECD", Some("HOPERAT")),
    ("HDIRECT", Some("HOPERAT")),
    ("HDM", Some("HOPERAT")),
    ("HLEGAL", Some("HOPERAT")),
    ("HOUTCOMS", Some("HOPERAT")),
    ("HPRGRP", Some("HOPERAT")),
    ("HQUALIMP", Some("HOPERAT")),
    ("HSYSADMIN", Some("HOPERAT")),
    ("LABELING", Some("HOPERAT")),
    ("MEMADMIN", Some("HOPERAT")),
    ("METAMGT", Some("HOPERAT")),
    ("MILCDM", Some("HOPERAT")),
    ("MLTRAINING", Some("HOPERAT")),
    ("PATADMIN", Some("HOPERAT")),
    ("PATSFTY", Some("HOPERAT")),
    ("PERFMSR", Some("HOPERAT")),
    ("RECORDMGT", Some("HOPERAT")),
    ("SYSDEV", Some("HOPERAT")),
    ("HTEST", Some("SYSDEV")),
    ("TRAIN", Some("HOPERAT")),
    ("HMARKT", None),
];

/// Whether a purpose is known.
#[must_use]
pub fn is_known(purpose: &str) -> bool {
    TREE.iter().any(|(code, _)| *code == purpose)
}

/// Whether `purpose` is `of` or a kind of it.
#[must_use]
pub fn is_a(purpose: &str, of: &str) -> bool {
    let mut at = Some(purpose);
    // The tree is finite and has no cycles: at most as many steps as it has entries.
    for _ in TREE {
        let Some(code) = at else { return false };
        if code == of {
            return true;
        }
        at = TREE.iter().find(|(known, _)| *known == code).and_then(|(_, parent)| *parent);
    }
    false
}

/// All purposes, each with the one that it is a kind of.
#[must_use]
pub const fn tree() -> &'static [(&'static str, Option<&'static str>)] {
    TREE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subsumption_goes_up_the_tree_and_ends() {
        assert!(is_a("BTG", "TREAT") && is_a("BTG", "ETREAT") && is_a("BTG", "BTG"));
        assert!(!is_a("TREAT", "BTG") && !is_a("CLINTRL", "CLINTRCH") && !is_a("CLINTRCH", "TREAT"));
        assert!(is_a("CLINTRCHPC", "HRESCH") && !is_a("nonsense", "TREAT"));
        for (code, parent) in TREE {
            assert_eq!(TREE.iter().filter(|(other, _)| other == code).count(), 1, "{code}");
            assert!(parent.is_none_or(is_known), "{code}");
        }
    }
}
