//! Who may look, written from the design's words and from nothing of the code: parties, credentials, consents and
//! sessions as plain lists, searched from end to end. No slots, no hashes, no versions but numbers.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

/// Purposes: treatment, emergency treatment (a kind of it), break-glass (a kind of that), research.
pub(super) const PURPOSES: [&str; 4] = ["TREAT", "ETREAT", "BTG", "HRESCH"];
const BREAK_GLASS: usize = 2;
pub(super) const TYPES: [&str; 3] = ["Condition", "Immunization", "Observation"];

fn is_a(purpose: usize, of: usize) -> bool {
    purpose == of || (of == 0 && purpose <= 2) || (of == 1 && purpose == 2)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Patient,
    Practitioner,
    Organisation,
}

#[derive(Clone, Debug)]
pub(super) struct Person {
    pub kind: Kind,
    pub active: bool,
    pub devices: [bool; 2],
}

#[derive(Clone, Debug)]
pub(super) struct Voucher {
    pub issuer: usize,
    pub holder: usize,
    pub role: usize,
    pub from: u64,
    pub until: u64,
    pub revoked: bool,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Who {
    Everybody,
    Person(usize),
    Organisation(usize),
    Role(usize),
}

/// What a consent says.
#[derive(Clone, Debug)]
pub(super) enum Words {
    /// A permit, but nothing about one type.
    Grant { who: Who, purpose: Option<usize>, types: BTreeSet<usize>, but: Option<usize> },
    /// A base that denies everything, and one permit below it.
    Narrow { who: Who, purpose: Option<usize>, types: BTreeSet<usize> },
    /// A deny for every other consent, too, but not to some.
    Directive { who: Who, purpose: Option<usize>, but: Option<Who> },
}

#[derive(Clone, Debug)]
pub(super) struct Terms {
    pub from: u64,
    pub until: u64,
    pub uses: Option<u64>,
    pub words: Words,
}

#[derive(Clone, Debug)]
pub(super) struct Consent {
    pub subject: usize,
    pub slot: u64,
    pub version: usize,
    pub revoked: bool,
    pub used: u64,
    pub terms: Terms,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Basis {
    Consent(usize, usize),
    Ground(usize),
}

/// For an organisation, perhaps a role, a purpose and types, so long; and whether it overrides a deny.
#[derive(Clone, Debug)]
pub(super) struct Ground {
    pub organisation: usize,
    pub role: Option<usize>,
    pub purpose: usize,
    pub types: BTreeSet<usize>,
    pub longest: u64,
    pub overrides: bool,
}

#[derive(Clone, Debug)]
pub(super) struct Ask {
    pub requester: usize,
    pub subject: usize,
    pub organisation: Option<usize>,
    pub credentials: BTreeSet<usize>,
    pub custodians: BTreeSet<usize>,
    pub countersigned: BTreeSet<usize>,
    pub basis: Basis,
    pub purpose: usize,
    pub types: BTreeSet<usize>,
    pub until: u64,
}

#[derive(Clone, Debug)]
pub(super) struct Session {
    pub ask: Ask,
    pub not_after: u64,
    pub closed: BTreeSet<usize>,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Oracle {
    pub people: Vec<Person>,
    pub vouchers: Vec<Voucher>,
    pub consents: Vec<Consent>,
    pub grounds: Vec<Ground>,
    pub sessions: Vec<Session>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Says {
    Permit,
    Deny,
    Nothing,
}

impl Oracle {
    pub fn is_active(&self, person: usize) -> bool {
        self.people[person].active
    }

    pub fn is_live(&self, voucher: usize, holder: usize, now: u64) -> bool {
        let voucher = &self.vouchers[voucher];
        voucher.holder == holder
            && !voucher.revoked
            && voucher.from <= now
            && now < voucher.until
            && self.is_active(voucher.issuer)
    }

    /// A consent in force or to come: it holds its slot.
    pub fn has_ended(&self, consent: usize, now: u64) -> bool {
        let consent = &self.consents[consent];
        consent.revoked || now >= consent.terms.until
    }

    pub fn slot_is_free(&self, subject: usize, slot: u64, now: u64) -> bool {
        !(0..self.consents.len()).any(|n| {
            let consent = &self.consents[n];
            consent.subject == subject && consent.slot == slot && !self.has_ended(n, now)
        })
    }

    fn is_meant(&self, who: Who, ask: &Ask) -> bool {
        match who {
            Who::Everybody => true,
            Who::Person(person) => ask.requester == person,
            Who::Organisation(organisation) => ask.organisation == Some(organisation),
            Who::Role(role) => ask.credentials.iter().any(|voucher| self.vouchers[*voucher].role == role),
        }
    }

    /// `types` is what is asked for, all types where it is empty.
    fn says(&self, consent: usize, ask: &Ask, types: &BTreeSet<usize>, now: u64) -> Says {
        let terms = &self.consents[consent].terms;
        if self.has_ended(consent, now) || now < terms.from {
            return Says::Nothing;
        }
        let permits = |who, purpose: Option<usize>, named: &BTreeSet<usize>| {
            let for_this = match purpose {
                Some(BREAK_GLASS) => ask.purpose == BREAK_GLASS,
                Some(of) => is_a(ask.purpose, of) && ask.purpose != BREAK_GLASS,
                None => ask.purpose != BREAK_GLASS,
            };
            let whole = named.is_empty() || (!types.is_empty() && types.is_subset(named));
            self.is_meant(who, ask) && for_this && whole
        };
        match &terms.words {
            Words::Grant { but: Some(but), .. } if types.is_empty() || types.contains(but) => Says::Deny,
            Words::Grant { who, purpose, types, .. } | Words::Narrow { who, purpose, types } => {
                if permits(*who, *purpose, types) { Says::Permit } else { Says::Nothing }
            }
            Words::Directive { but: Some(but), .. } if permits(*but, None, &BTreeSet::new()) => Says::Permit,
            Words::Directive { who, purpose, .. } => {
                let denied = self.is_meant(*who, ask) && purpose.is_none_or(|of| is_a(ask.purpose, of));
                if denied { Says::Deny } else { Says::Nothing }
            }
        }
    }

    /// By basis, over all the subject's consents.
    fn is_covered(&self, ask: &Ask, types: &BTreeSet<usize>, now: u64) -> bool {
        let of_subject = (0..self.consents.len()).filter(|n| self.consents[*n].subject == ask.subject);
        let denied = of_subject.clone().any(|n| self.says(n, ask, types, now) == Says::Deny);
        match ask.basis {
            Basis::Consent(named, _) => !denied && self.says(named, ask, types, now) == Says::Permit,
            Basis::Ground(ground) => !denied || self.grounds[ground].overrides,
        }
    }

    fn is_current(&self, consent: usize, version: usize, subject: usize, now: u64) -> bool {
        let held = &self.consents[consent];
        held.subject == subject && held.version == version && !self.has_ended(consent, now)
    }

    /// When a session that is asked for now would end; `None` when it is denied.
    pub fn opens(&self, ask: &Ask, now: u64) -> Option<u64> {
        let mut ends = Vec::from([ask.until]);
        let parties = [ask.requester, ask.subject].into_iter().chain(ask.custodians.iter().copied());
        if !parties.chain(ask.organisation).all(|person| self.is_active(person)) {
            return None;
        }
        for voucher in &ask.credentials {
            if !self.is_live(*voucher, ask.requester, now) {
                return None;
            }
            ends.push(self.vouchers[*voucher].until);
        }
        if let Some(organisation) = ask.organisation {
            let itself =
                ask.requester == organisation && self.people[organisation].kind == Kind::Organisation;
            let vouched =
                ask.credentials.iter().any(|voucher| self.vouchers[*voucher].issuer == organisation);
            if !itself && !vouched {
                return None;
            }
        }
        match ask.basis {
            Basis::Consent(consent, version) => {
                let held = &self.consents[consent];
                let spent = held.terms.uses.is_some_and(|uses| held.used >= uses);
                if spent
                    || !self.is_current(consent, version, ask.subject, now)
                    || !ask.countersigned.is_empty()
                {
                    return None;
                }
                ends.push(held.terms.until);
            }
            Basis::Ground(ground) => {
                let ground = &self.grounds[ground];
                let in_role = |voucher: &usize| {
                    let voucher = &self.vouchers[*voucher];
                    voucher.issuer == ground.organisation && Some(voucher.role) == ground.role
                };
                let custodians: BTreeSet<usize> =
                    ask.custodians.iter().copied().filter(|custodian| *custodian != ask.requester).collect();
                let fits = ask.organisation == Some(ground.organisation)
                    && (ground.role.is_none() || ask.credentials.iter().any(in_role))
                    && is_a(ask.purpose, ground.purpose)
                    && (ask.purpose != BREAK_GLASS || ground.purpose == BREAK_GLASS)
                    && (ground.types.is_empty()
                        || (!ask.types.is_empty() && ask.types.is_subset(&ground.types)))
                    && ask.until - now <= ground.longest
                    && ask.countersigned == custodians;
                if !fits {
                    return None;
                }
            }
        }
        if self.is_covered(ask, &ask.types, now) { ends.into_iter().min() } else { None }
    }

    /// Whether a custodian may release a record of this type under a session now.
    pub fn releases(&self, session: usize, custodian: usize, of_type: usize, now: u64) -> bool {
        let Session { ask, not_after, closed } = &self.sessions[session];
        let parties = [ask.requester, ask.subject, custodian].into_iter().chain(ask.organisation);
        let stands = match ask.basis {
            Basis::Consent(consent, version) => self.is_current(consent, version, ask.subject, now),
            Basis::Ground(_) => true,
        };
        let one = BTreeSet::from([of_type]);
        ask.custodians.contains(&custodian)
            && !closed.contains(&custodian)
            && now < *not_after
            && parties.into_iter().all(|person| self.is_active(person))
            && ask.credentials.iter().all(|voucher| self.is_live(*voucher, ask.requester, now))
            && stands
            && (ask.types.is_empty() || ask.types.contains(&of_type))
            && self.is_covered(ask, &one, now)
    }

    /// Every time at which something begins or ends.
    pub fn boundaries(&self) -> Vec<u64> {
        let consents = self.consents.iter().flat_map(|consent| [consent.terms.from, consent.terms.until]);
        let vouchers = self.vouchers.iter().flat_map(|voucher| [voucher.from, voucher.until]);
        consents.chain(vouchers).chain(self.sessions.iter().map(|session| session.not_after)).collect()
    }
}
