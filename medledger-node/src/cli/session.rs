//! A ledger with its keys and the time: who signs, and what is recorded.

use std::path::{Path, PathBuf};

use medledger_core::chain::Genesis;
use medledger_core::codec::encode;
use medledger_core::crypto::{PublicKey, SecretKey};
use medledger_core::hash::{Did, KeyId, RecordId, TxId};
use medledger_core::identity::{Control, IdentityError, Kind, Status, did_from_text, did_to_text};
use medledger_core::light::CertifiedHeader;
use medledger_core::operation::{Draft, IdentityUsage, KeyUsage};
use medledger_core::record::{RecordError, TimelineEntry, batch_record_id};
use medledger_core::state::{Address, Event, LogEntry, LogLeaf};
use medledger_core::units::{Millis, Timestamp};
use medledger_sdk::agreement::AgreementSecret;
use medledger_sdk::consortium;
use medledger_sdk::draft::{Sender, sign};
use medledger_sdk::identity::{NewIdentity, draw_key};
use medledger_sdk::seal::{OpenedRecord, SealError, SealedRecord};
use medledger_sdk::wallet::format::{KeptIdentity, KeystoreHeader};
use medledger_sdk::wallet::keystore::{Kept, Keystore, KeystoreFault};
use rand_core::{CryptoRng, TryCryptoRng, UnwrapErr};
use zeroize::Zeroizing;

use super::args::wallet::UnlockArgs;
use super::care::copy;
use super::error::{CliError, Failure};
use super::secrets::{PASSPHRASE, passphrase};
use crate::NodeError;
use crate::host::{Host, Waiting};
use crate::keys::{Device, KeyFile, Keyring, Upper};

/// How long what the command signs may wait for its block.
pub(super) const VALID_FOR: Millis = Millis::hours(1);

/// The operating system's random numbers.
///
/// # Errors
/// [`CliError::NoEntropy`] when it gives none now; a system that gives some goes on giving them.
pub fn entropy() -> Result<impl CryptoRng, CliError> {
    tried(getrandom::SysRng)
}

fn tried<S: TryCryptoRng>(mut source: S) -> Result<UnwrapErr<S>, CliError> {
    source.try_fill_bytes(&mut [0; 8]).map_err(|error| CliError::NoEntropy { why: error.to_string() })?;
    Ok(UnwrapErr(source))
}

/// A ledger that is open, with the keys beside it.
pub struct Session {
    /// The ledger.
    pub host: Host,
    /// The keys.
    pub keys: Keyring,
    /// The time.
    pub now: Timestamp,
    /// The ledger's folder.
    pub dir: PathBuf,
    /// The file with the passphrase of a wallet, where one is named.
    pub passphrase_file: Option<PathBuf>,
}

/// An identity whose keys are here.
pub struct Actor {
    /// The name of its key file.
    pub name: String,
    /// Its keys.
    pub keys: KeyFile,
    /// The identity as the ledger knows it.
    pub control: Control,
}

/// A transaction that the ledger accepted.
pub struct Recorded {
    /// Its id.
    pub id: TxId,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What it said.
    pub events: Vec<Event>,
    /// The header of its block.
    pub header: CertifiedHeader,
}

impl Session {
    /// Opens a ledger.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn open(dir: &Path, now: Timestamp) -> Result<Self, Failure> {
        Ok(Self {
            host: Host::open(dir)?,
            keys: Keyring::of(dir),
            now,
            dir: dir.to_owned(),
            passphrase_file: None,
        })
    }

    /// With the passphrase of the wallet that will be named.
    #[must_use]
    pub fn unlocked_by(self, by: &UnlockArgs) -> Self {
        Self { passphrase_file: by.passphrase_file.clone(), ..self }
    }

    /// Founds a ledger: a consortium of one member, which has keys of this name, and one validator.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn found(dir: &Path, name: &str, member: &str, now: Timestamp) -> Result<(Self, Did), Failure> {
        let mut rng = entropy()?;
        let validator = draw_key(&mut rng);
        let founder = NewIdentity::draw(Kind::Organisation, &mut rng)?;
        let did = founder.did;
        let genesis =
            consortium::genesis(name.to_owned(), now, &[validator.public()], vec![founder.founder(true)]);
        // What can't be read back, such as a name of many kilobytes, is refused before anything is written.
        Genesis::decode(&encode(&genesis)?)?;
        let host = Host::create(dir, &genesis)?;
        let keys = Keyring::of(dir);
        keys.add_validator(&validator)?;
        keys.add(member, &KeyFile::new(Kind::Organisation, did, founder.keys))?;
        Ok((Self { host, keys, now, dir: dir.to_owned(), passphrase_file: None }, did))
    }

    /// The identity that a DID or the name of a key file stands for.
    ///
    /// # Errors
    /// [`CliError::NotADid`], [`CliError::WhichIdentity`].
    pub fn who(&self, text: &str) -> Result<Did, Failure> {
        if let Ok(did) = did_from_text(text) {
            return Ok(did);
        }
        if Keyring::is_name(text) && self.keys.names()?.iter().any(|name| name == text) {
            return Ok(self.keys.load(text)?.did);
        }
        if let Some((name, which)) = self.wallet_of(text) {
            return Ok(picked(text, self.peek(name)?.identities, which)?.did);
        }
        Err(CliError::NotADid { text: text.chars().take(80).collect() }.into())
    }

    /// An identity as the ledger knows it.
    ///
    /// # Errors
    /// [`Failure`]; one that it does not know is [`IdentityError::UnknownIdentity`].
    pub fn control(&self, did: Did) -> Result<Control, Failure> {
        let control = self.host.read::<Control>(&Address::Identity(did))?;
        control.ok_or_else(|| Failure::refused(&IdentityError::UnknownIdentity { did }))
    }

    /// An active identity.
    ///
    /// # Errors
    /// As [`Self::control`], and [`IdentityError::Deactivated`].
    pub fn active(&self, did: Did) -> Result<Control, Failure> {
        let control = self.control(did)?;
        match control.status {
            Status::Active => Ok(control),
            Status::Deactivated => Err(Failure::refused(&IdentityError::Deactivated { did })),
        }
    }

    /// That records can be anchored for this identity. Asked beforehand, so that a refusal leaves the ledger as it was.
    ///
    /// # Errors
    /// As [`Self::active`], and [`RecordError::SubjectNotPatient`].
    pub fn patient(&self, did: Did) -> Result<(), Failure> {
        match self.active(did)?.kind {
            Kind::Patient => Ok(()),
            Kind::Practitioner | Kind::Organisation | Kind::Device => {
                Err(Failure::refused(&RecordError::SubjectNotPatient { did }))
            }
        }
    }

    /// That the ledger knows a subject.
    ///
    /// # Errors
    /// [`CliError::UnknownSubject`].
    pub fn known(&self, did: Did) -> Result<Control, Failure> {
        let control = self.host.read::<Control>(&Address::Identity(did))?;
        control.ok_or_else(|| CliError::UnknownSubject { did: did_to_text(&did) }.into())
    }

    /// The active identity with these keys.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn actor(&self, name: &str) -> Result<Actor, Failure> {
        if let Some((wallet, which)) = self.wallet_of(name) {
            let did = picked(name, self.peek(wallet)?.identities, which)?.did;
            return self.wallet_actor(wallet, did, which);
        }
        if !Keyring::is_name(name) {
            return Err(CliError::NoKeys { name: name.chars().take(80).collect() }.into());
        }
        let mut keys = self.keys.load(name)?;
        let control = self.active(keys.did)?;
        if keys.settle(&control) {
            self.keys.replace(name, &keys)?;
        }
        Ok(Actor { name: name.to_owned(), keys, control })
    }

    /// The identity with keys here that a DID or a name stands for.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn actor_of(&self, who: &str) -> Result<Actor, Failure> {
        let Ok(did) = did_from_text(who) else { return self.actor(who) };
        for name in self.keys.names()? {
            if self.keys.load(&name)?.did == did {
                return self.actor(&name);
            }
        }
        if let Some(name) = self.keeper(did)? {
            return self.wallet_actor(&name, did, None);
        }
        Err(CliError::NoKeys { name: did_to_text(&did) }.into())
    }

    /// The wallet that a text names, and which of its identities: `maren`, `maren/1`, `maren/Harbour clinic`.
    pub fn wallet_of<'a>(&self, text: &'a str) -> Option<(&'a str, Option<&'a str>)> {
        let (name, which) = match text.split_once('/') {
            Some((name, which)) => (name, Some(which)),
            None => (text, None),
        };
        self.keys.has_wallet(name).then_some((name, which))
    }

    /// What a wallet says without its passphrase.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn peek(&self, name: &str) -> Result<KeystoreHeader, Failure> {
        let header = self.keys.peek(name)??;
        let chain = header.chain;
        if chain == self.host.chain() {
            Ok(header)
        } else {
            Err(KeystoreFault::AnotherLedger { chain }.into())
        }
    }

    /// The identity with its controller here that a DID or a name stands for.
    ///
    /// # Errors
    /// As [`Self::actor_of`], and [`CliError::OnPaper`] for a wallet's.
    pub fn with_controller(&self, who: &str) -> Result<Actor, Failure> {
        let in_wallet = match did_from_text(who) {
            Ok(did) => self.keeper(did)?.is_some(),
            Err(_) => self.wallet_of(who).is_some(),
        };
        if in_wallet {
            return Err(CliError::OnPaper { name: who.chars().take(80).collect() }.into());
        }
        self.actor_of(who)
    }

    /// The wallet that keeps an identity; one that can't be read keeps none.
    fn keeper(&self, did: Did) -> Result<Option<String>, Failure> {
        let keeps = |name: &String| {
            self.peek(name).is_ok_and(|header| header.identities.iter().any(|kept| kept.did == did))
        };
        Ok(self.keys.wallets()?.into_iter().find(keeps))
    }

    /// A wallet, opened with its passphrase.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn unlock(&self, name: &str) -> Result<(Keystore, Zeroizing<String>), Failure> {
        let bytes = self.keys.wallet(name)?;
        let passphrase = passphrase(self.passphrase_file.as_deref(), PASSPHRASE, false)?;
        let keystore = Keystore::open(&bytes, &passphrase)?;
        keystore.check_ledger(&self.host.chain())?;
        Ok((keystore, passphrase))
    }

    /// One identity of a wallet, with the keys of its device. What it was called before the passphrase has opened the file
    /// is not known to be true; that it is called so is looked up again.
    fn wallet_actor(&self, name: &str, did: Did, which: Option<&str>) -> Result<Actor, Failure> {
        let control = self.active(did)?;
        let (keystore, _) = self.unlock(name)?;
        let kept = keystore.find(&did).filter(|kept| which.is_none_or(|which| is_called(kept, which)));
        let kept = kept.ok_or_else(|| CliError::NoKeys { name: name.to_owned() })?;
        let agreement = Some(kept.agreement.clone());
        let device = Device { signing: copy(&kept.signing), agreement };
        let keys = KeyFile { kind: control.kind, did, devices: vec![device], upper: None };
        Ok(Actor { name: name.to_owned(), keys, control })
    }

    /// The organisation that is named, or the only one with keys here.
    ///
    /// # Errors
    /// [`CliError::NoSigner`] where there are several, and what is wrong with the one.
    pub fn organisation(&self, name: Option<&str>, role: &'static str) -> Result<Actor, Failure> {
        if let Some(name) = name {
            return self.actor_of(name);
        }
        let mut found = Vec::new();
        for name in self.keys.names()? {
            if self.keys.load(&name)?.kind == Kind::Organisation {
                found.push(name);
            }
        }
        match found.as_slice() {
            [one] => self.actor(one),
            _ => Err(CliError::NoSigner { role }.into()),
        }
    }

    /// Who signs with a key that the ledger knows.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn signer(&self, did: Did, key: &PublicKey) -> Result<Sender, Failure> {
        let usage = self.host.read::<KeyUsage>(&Address::KeyUsage(key.id()))?.unwrap_or_default();
        Ok(self.signer_at(did, key.id(), usage.window.next_counter()))
    }

    /// Who signs with a successor key, which the ledger does not know yet.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn successor(&self, did: Did, key: &PublicKey) -> Result<Sender, Failure> {
        let usage = self.host.read::<IdentityUsage>(&Address::IdentityUsage(did))?.unwrap_or_default();
        Ok(self.signer_at(did, key.id(), usage.successor_window.next_counter()))
    }

    fn signer_at(&self, did: Did, key: KeyId, counter: u64) -> Sender {
        let signed_at = self.now;
        // A rehearsal may stand before the newest block, whose time the next one has at least.
        let from = signed_at.max(self.host.tip().time);
        let valid_until = from.plus(VALID_FOR).unwrap_or(Timestamp(u64::MAX));
        Sender { chain: self.host.chain(), did, key, counter, signed_at, valid_until }
    }

    /// Signs a draft and records it in a block of its own, with the sealed records that it anchors.
    ///
    /// # Errors
    /// [`Failure`]; a rule that refuses it has exit code 3.
    pub fn record(
        &self,
        draft: &Draft,
        key: &SecretKey,
        records: Vec<SealedRecord>,
    ) -> Result<Recorded, Failure> {
        let signed = sign(draft, key)?;
        self.submit(signed.id, signed.bytes, records)
    }

    /// Records a signed transaction in a block of its own.
    ///
    /// # Errors
    /// As [`Self::record`].
    pub fn submit(&self, id: TxId, bytes: Vec<u8>, records: Vec<SealedRecord>) -> Result<Recorded, Failure> {
        self.host.admit(&bytes, self.now)?;
        let waiting = Waiting { transaction: bytes.clone(), records };
        let validator = self.keys.validator()?;
        // From here on the block may be on the disk although this says that it failed.
        let produced = self.host.produce(&[waiting], &validator, self.now);
        let produced = produced.map_err(|error| Failure::from(error).in_doubt())?;
        if let Some((_, error)) = produced.left_out.into_iter().next() {
            return Err(error.into());
        }
        let outcome = taken(produced.outcomes)?;
        match outcome.refusal {
            Some(refusal) => Err(refusal.into()),
            None => Ok(Recorded { id, bytes, events: outcome.events, header: produced.header }),
        }
    }

    /// Begins an identity, sponsored by a member, and keeps its keys under this name.
    ///
    /// # Errors
    /// [`Failure`]; no keys are kept then, unless the ledger may know them.
    pub fn incept(&self, name: &str, kind: Kind, sponsor: &Actor) -> Result<(Did, Recorded), Failure> {
        if !Keyring::is_name(name) {
            return Err(CliError::BadName { name: name.chars().take(80).collect() }.into());
        }
        if !sponsor.control.member {
            return Err(Failure::refused(&IdentityError::NotMember { did: sponsor.keys.did }));
        }
        let device = sponsor.device()?;
        let identity = NewIdentity::draw(kind, &mut entropy()?)?;
        let draft = identity.incept(&self.signer(sponsor.keys.did, &device.public())?)?;
        let did = identity.did;
        // First the keys, then the ledger: an identity whose keys are lost can't be helped.
        self.keys.add(name, &KeyFile::new(kind, did, identity.keys))?;
        match self.record(&draft, device, Vec::new()) {
            Ok(recorded) => Ok((did, recorded)),
            Err(failure) if self.never_was(did, &failure) => {
                self.keys.forget(name)?;
                Err(failure)
            }
            Err(failure) => Err(failure.keeping(&self.keys.path(name))),
        }
    }

    /// Whether the keys of a new identity can be forgotten after this failure: the ledger does not have it, and will not.
    pub(super) fn never_was(&self, did: Did, failure: &Failure) -> bool {
        !failure.in_doubt && matches!(self.host.read::<Control>(&Address::Identity(did)), Ok(None))
    }
}

impl Session {
    /// The agreement secrets of all identities with keys here.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn secrets(&self) -> Result<Vec<AgreementSecret>, Failure> {
        let mut secrets = Vec::new();
        for name in self.keys.names()? {
            secrets.extend(self.keys.load(&name)?.secrets());
        }
        Ok(secrets)
    }

    /// The records that a timeline names, in its order; of batches those that are held here, since a batch's count is only
    /// what its custodian said, and may be billions.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn named<'a>(&self, leaves: impl IntoIterator<Item = &'a LogLeaf>) -> Result<Vec<RecordId>, Failure> {
        let mut records = Vec::new();
        for leaf in leaves {
            match &leaf.entry {
                LogEntry::Timeline { entry: TimelineEntry::Anchored { record, .. } } => records.push(*record),
                LogEntry::Timeline { entry: TimelineEntry::BatchAnchored { batch, .. } } => {
                    let members = (0_u64..).zip(self.host.members(batch)?);
                    records.extend(members.map(|(index, _)| batch_record_id(batch, index)));
                }
                _ => {}
            }
        }
        Ok(records)
    }

    /// Opens a record with these secrets; `None` where it is not held, was destroyed, or is wrapped to none of them.
    ///
    /// # Errors
    /// [`Failure`] for a record that is damaged.
    pub fn opened_record(
        &self,
        record: &RecordId,
        secrets: &[AgreementSecret],
    ) -> Result<Option<OpenedRecord>, Failure> {
        match self.host.open_record(record, secrets) {
            Err(NodeError::Seal(SealError::NoWrap | SealError::Destroyed { .. })) => Ok(None),
            opened => Ok(opened?),
        }
    }

    /// Opens a record with these secrets.
    ///
    /// # Errors
    /// [`CliError::NotHeld`], [`SealError`].
    pub fn open_record(
        &self,
        record: &RecordId,
        secrets: &[AgreementSecret],
    ) -> Result<OpenedRecord, Failure> {
        let missing = || CliError::NotHeld { record: record.to_string() };
        Ok(self.host.open_record(record, secrets)?.ok_or_else(missing)?)
    }
}

/// Whether an identity of a wallet has this number or relationship.
fn is_called(kept: &Kept, which: &str) -> bool {
    which.parse() == Ok(kept.identity) || kept.relationship == which
}

/// What came of the one transaction that was sent, if the block took it.
fn taken<T>(outcomes: Vec<T>) -> Result<T, CliError> {
    outcomes.into_iter().next().ok_or(CliError::NotTaken)
}

/// The identity of a wallet that is meant: the only one, or that of this number or relationship.
///
/// # Errors
/// [`CliError::WhichIdentity`].
pub fn picked(
    text: &str,
    identities: Vec<KeptIdentity>,
    which: Option<&str>,
) -> Result<KeptIdentity, CliError> {
    let number = which.and_then(|which| which.parse().ok());
    let meant = |kept: &KeptIdentity| match which {
        Some(which) => Some(kept.identity) == number || kept.relationship == which,
        None => true,
    };
    let mut found = identities.into_iter().filter(meant);
    match (found.next(), found.next()) {
        (Some(one), None) => Ok(one),
        _ => Err(CliError::WhichIdentity { name: text.chars().take(80).collect() }),
    }
}

impl Actor {
    /// The keys above the devices.
    ///
    /// # Errors
    /// [`CliError::OnPaper`] for a wallet, which does not have them here.
    pub fn upper(&self) -> Result<&Upper, CliError> {
        self.keys.upper.as_ref().ok_or_else(|| CliError::OnPaper { name: self.name.clone() })
    }

    /// A device key that the ledger takes.
    ///
    /// # Errors
    /// [`CliError::NoKeys`] when none of those here is live.
    pub fn device(&self) -> Result<&SecretKey, Failure> {
        let found = self.keys.live_device(&self.control);
        found.ok_or_else(|| CliError::NoKeys { name: self.name.clone() }.into())
    }
}

#[cfg(test)]
mod tests;
