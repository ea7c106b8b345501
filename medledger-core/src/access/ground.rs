//! Legal grounds: where an organisation may look without the patient's consent.

use alloc::string::String;
use alloc::vec::Vec;

use super::AccessError;
use super::session::SessionRequest;
use crate::codec::CodecError;
use crate::hash::{Did, GroundId, Tag, hash_wire};
use crate::units::{Millis, Timestamp};
use crate::vocabulary::{Coding, is_resource_type, purpose};

wire! {
    /// A ground other than consent on which an organisation may look, as the consortium registered it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct LegalGround {
        /// What it is called, such as the article of a law.
        pub name: String,
        /// The organisation that may invoke it.
        pub organisation: Did,
        /// The role that the requester must have; `None` for any.
        pub role: Option<Coding>,
        /// The purpose of use (HL7 v3 PurposeOfUse), with what it subsumes; break-glass only where it is itself named.
        pub purpose: String,
        /// The resource types that it reaches, ascending; an empty list is all.
        pub types: Vec<String>,
        /// The longest session under it.
        pub longest: Millis,
        /// Whether it overrides a patient's deny.
        pub overrides_deny: bool,
    }
}

impl LegalGround {
    /// Whether it can be registered: a name, a known purpose, types that ascend, a duration.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        !self.name.is_empty()
            && self.role.as_ref().is_none_or(|role| !role.code.is_empty())
            && purpose::is_known(&self.purpose)
            && self.types.is_sorted_by(|a, b| a < b)
            && self.types.iter().all(|name| is_resource_type(name))
            && self.longest.0 > 0
    }

    /// Whether a request stays within what was registered; the roles are those that live credentials of the ground's
    /// organisation give the requester.
    ///
    /// # Errors
    /// [`AccessError::GroundDoesNotFit`].
    pub fn fits(
        &self,
        request: &SessionRequest,
        roles: &[Coding],
        now: Timestamp,
    ) -> Result<(), AccessError> {
        let fits = |what, fits| if fits { Ok(()) } else { Err(AccessError::GroundDoesNotFit { what }) };
        fits("organisation", request.organisation == Some(self.organisation))?;
        fits("role", self.role.as_ref().is_none_or(|role| roles.contains(role)))?;
        let named = match request.purpose.as_str() {
            // As in a consent's permit: who registered treatment did not mean breaking the glass.
            purpose::BREAK_THE_GLASS => self.purpose == purpose::BREAK_THE_GLASS,
            asked => purpose::is_a(asked, &self.purpose),
        };
        fits("purpose", named)?;
        let types = &request.scope.types;
        let within = self.types.is_empty()
            || (!types.is_empty() && types.iter().all(|name| self.types.contains(name)));
        fits("types", within)?;
        fits("duration", request.until.since(now).is_some_and(|span| span <= self.longest))
    }
}

/// A legal ground's id.
///
/// # Errors
/// [`CodecError::Unencodable`].
pub fn ground_id(ground: &LegalGround) -> Result<GroundId, CodecError> {
    hash_wire(Tag::LegalGround, ground).map(GroundId)
}
