//! What the operations on credentials do.

use super::approvals::active;
use super::authenticate::{Signer, Via};
use super::outcome::Effects;
use super::{Overlay, Refusal, Run, Stop};
use crate::hash::CredentialId;
use crate::identity::{AuthorityEntry, Credential, CredentialState, IdentityError, Kind, credential_id};
use crate::state::{Address, LogEntry, StateRead, read};

impl Run<'_> {
    pub(super) fn issue_credential<S: StateRead>(
        &self,
        overlay: &Overlay<'_, S>,
        signer: &Signer,
        credential: &Credential,
    ) -> Result<Effects, Stop<S::Error>> {
        self.require(signer, Via::Device)?;
        credential.check()?;
        if signer.control.kind != Kind::Organisation {
            return Err(IdentityError::IssuerNotOrganisation { did: signer.did }.into());
        }
        if active(overlay, credential.holder)?.kind != Kind::Practitioner {
            return Err(IdentityError::HolderNotPractitioner { did: credential.holder }.into());
        }
        self.check_approvals(overlay, &[], &[])?;
        let id = credential_id(&self.transaction.id);
        let (issuer, credential) = (signer.did, credential.clone());
        let mut effects = Effects::default();
        let state = CredentialState { issuer, credential: credential.clone(), revoked: false };
        effects.put(&Address::Credential(id), &state)?;
        let holder = credential.holder;
        let entry = AuthorityEntry::CredentialIssued { id, issuer, credential };
        effects.entries.push((holder, LogEntry::Authority { entry }));
        Ok(effects)
    }

    pub(super) fn revoke_credential<S: StateRead>(
        &self,
        overlay: &Overlay<'_, S>,
        signer: &Signer,
        id: CredentialId,
    ) -> Result<Effects, Stop<S::Error>> {
        self.require(signer, Via::Device)?;
        let state: Option<CredentialState> = read(overlay, &Address::Credential(id))?;
        let unknown = Refusal::from(IdentityError::UnknownCredential { credential: id });
        let state = state.ok_or(unknown)?;
        if state.issuer != signer.did {
            return Err(IdentityError::NotIssuer { issuer: state.issuer }.into());
        }
        if state.revoked {
            return Err(IdentityError::CredentialRevoked { credential: id }.into());
        }
        self.check_approvals(overlay, &[], &[])?;
        let holder = state.credential.holder;
        let mut effects = Effects::default();
        effects.put(&Address::Credential(id), &CredentialState { revoked: true, ..state })?;
        let entry = AuthorityEntry::CredentialRevoked { id };
        effects.entries.push((holder, LogEntry::Authority { entry }));
        Ok(effects)
    }
}
