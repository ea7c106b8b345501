//! Which elements of a FHIR R4 resource its facts come from: the published tables.
//!
//! A path is a chain of element names from the resource's root; on the way every item of an array counts. A row
//! holds for every resource type that has the element, unless it says otherwise.
//!
//! Two readings of R4's Consent decide what is in them. `provision.code` holds "if this code is found in an
//! instance", so the codes are those of the whole resource that say something of the patient's health, and not
//! its headline alone: a claim whose diagnosis is F20 has that code. `data.meaning` = dependents means "instances
//! that refer to it", so every reference in the resource is related, wherever it stands.

/// Where the category codings stand.
///
/// `AllergyIntolerance.category` and `DeviceMetric.category` are plain codes; their systems are in
/// [`CODE_SYSTEMS`].
pub const CATEGORY: &[&str] = &["category", "class", "scope", "serviceCategory"];

/// Where the codes stand.
///
/// `contained.code` is that of a Medication (or another resource) inside the resource. A `medicationReference` to a
/// Medication of the same bundle adds that Medication's `code`; one to elsewhere adds nothing.
pub const CODES: &[&str] = &[
    "code",
    "vaccineCode",
    "medicationCodeableConcept",
    "itemCodeableConcept",
    "type",
    "subType",
    "serviceType",
    "procedureCode",
    "modality",
    "series.modality",
    "reasonCode",
    "reportReason",
    "valueCodeableConcept",
    "component.code",
    "component.valueCodeableConcept",
    "conclusionCode",
    "complication",
    "evidence.code",
    "condition.code",
    "reaction.substance",
    "reaction.manifestation",
    "ingredient.itemCodeableConcept",
    "finding.itemCodeableConcept",
    "problem.code",
    "event.code",
    "context.event",
    "section.code",
    "activity.detail.code",
    "diagnosis.diagnosisCodeableConcept",
    "procedure.procedureCodeableConcept",
    "item.productOrService",
    "item.detail.productOrService",
    "prediction.outcome",
    "protocolApplied.targetDisease",
    "recommendation.vaccineCode",
    "recommendation.targetDisease",
    "suspectEntity.instanceCodeableConcept",
    "contained.code",
    "contained.vaccineCode",
    "contained.medicationCodeableConcept",
];

/// Where the references to those who made, asserted, ordered or recorded the resource stand.
pub const AUTHORS: &[&str] = &[
    "performer",
    "performer.actor",
    "performer.onBehalfOf",
    "series.performer.actor",
    "recorder",
    "asserter",
    "author",
    "contributor",
    "requester",
    "orderer",
    "prescriber",
    "participant.individual",
    "attester.party",
    "authenticator",
    "assessor",
    "expressedBy",
    "informationSource",
    "source",
    "sender",
    "enterer",
    "provider",
    "careTeam.provider",
    "referrer",
    "interpreter",
    "resultsInterpreter",
    "operator",
    "collection.collector",
    "reporter",
    "authority",
    "agent.who",
    "agent.onBehalfOf",
    "suspectEntity.causality.author",
];

/// The code systems of elements that are plain codes: type, element, system.
pub const CODE_SYSTEMS: &[(&str, &str, &str)] = &[
    ("AllergyIntolerance", "category", "http://hl7.org/fhir/allergy-intolerance-category"),
    ("DeviceMetric", "category", "http://hl7.org/fhir/metric-category"),
];

/// Elements that are plain codes and no fact, though their names are in the tables: type and element.
pub const NO_FACT: &[(&str, &str)] = &[
    ("AllergyIntolerance", "type"),
    ("Bundle", "type"),
    ("CompartmentDefinition", "code"),
    ("EvidenceVariable", "type"),
    ("Group", "type"),
    ("MeasureReport", "type"),
    ("MolecularSequence", "type"),
    ("OperationDefinition", "code"),
    ("ResearchElementDefinition", "type"),
    ("SearchParameter", "code"),
    ("SearchParameter", "type"),
    ("StructureDefinition", "type"),
];

/// A way in which a resource says when it happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// A date, dateTime or instant, and the interval that its precision spans.
    At(&'static str),
    /// A Period. A missing start has no beginning, a missing end no end; a given end is inclusive.
    Period(&'static str),
    /// A Timing: its bounds, else from the first of its events to the last.
    Timing(&'static str),
    /// From one element to another, which is inclusive.
    Between(&'static str, &'static str),
    /// From `onset[x]` to `abatement[x]`, dateTime or Period. Without an abatement it is going on, or its end is
    /// not known, and the interval has no end; onsets and abatements in words or in years of age are not read.
    Onset,
}

use When::{At, Between, Onset, Period, Timing};

/// When a resource happened clinically, by type, in order of preference: the first that is there.
pub const CLINICAL: &[(&str, &[When])] = &[
    ("Account", &[Period("servicePeriod")]),
    ("AdverseEvent", &[At("date"), At("detected"), At("recordedDate")]),
    ("AllergyIntolerance", &[Onset, At("recordedDate"), At("lastOccurrence")]),
    ("Appointment", &[Between("start", "end"), Period("requestedPeriod"), At("created")]),
    ("AuditEvent", &[Period("period"), At("recorded")]),
    ("Basic", &[At("created")]),
    ("CarePlan", &[Period("period"), At("created")]),
    ("CareTeam", &[Period("period")]),
    (
        "ChargeItem",
        &[
            At("occurrenceDateTime"),
            Period("occurrencePeriod"),
            Timing("occurrenceTiming"),
            At("enteredDate"),
        ],
    ),
    ("Claim", &[Period("billablePeriod"), At("created")]),
    ("ClaimResponse", &[At("created")]),
    ("ClinicalImpression", &[At("effectiveDateTime"), Period("effectivePeriod"), At("date")]),
    ("Communication", &[At("sent"), At("received")]),
    ("CommunicationRequest", &[At("occurrenceDateTime"), Period("occurrencePeriod"), At("authoredOn")]),
    ("Composition", &[Period("event.period"), At("date")]),
    ("Condition", &[Onset, At("recordedDate")]),
    ("Consent", &[At("dateTime")]),
    ("Contract", &[Period("applies"), At("issued")]),
    ("Coverage", &[Period("period")]),
    ("DetectedIssue", &[At("identifiedDateTime"), Period("identifiedPeriod")]),
    (
        "DeviceRequest",
        &[At("occurrenceDateTime"), Period("occurrencePeriod"), Timing("occurrenceTiming"), At("authoredOn")],
    ),
    (
        "DeviceUseStatement",
        &[At("timingDateTime"), Period("timingPeriod"), Timing("timingTiming"), At("recordedOn")],
    ),
    ("DiagnosticReport", &[At("effectiveDateTime"), Period("effectivePeriod"), At("issued")]),
    ("DocumentManifest", &[At("created")]),
    ("DocumentReference", &[Period("context.period"), At("date")]),
    ("Encounter", &[Period("period")]),
    ("EpisodeOfCare", &[Period("period")]),
    ("ExplanationOfBenefit", &[Period("billablePeriod"), At("created")]),
    ("FamilyMemberHistory", &[At("date")]),
    ("Flag", &[Period("period")]),
    ("Goal", &[At("startDate"), At("statusDate")]),
    ("GuidanceResponse", &[At("occurrenceDateTime")]),
    ("ImagingStudy", &[At("started")]),
    ("Immunization", &[At("occurrenceDateTime"), At("recorded")]),
    ("ImmunizationEvaluation", &[At("date")]),
    ("ImmunizationRecommendation", &[At("date")]),
    ("Invoice", &[At("date")]),
    ("List", &[At("date")]),
    ("MeasureReport", &[Period("period"), At("date")]),
    ("Media", &[At("createdDateTime"), Period("createdPeriod"), At("issued")]),
    ("MedicationAdministration", &[At("effectiveDateTime"), Period("effectivePeriod")]),
    ("MedicationDispense", &[At("whenHandedOver"), At("whenPrepared")]),
    ("MedicationRequest", &[At("authoredOn")]),
    ("MedicationStatement", &[At("effectiveDateTime"), Period("effectivePeriod"), At("dateAsserted")]),
    ("NutritionOrder", &[At("dateTime")]),
    (
        "Observation",
        &[
            At("effectiveDateTime"),
            Period("effectivePeriod"),
            At("effectiveInstant"),
            Timing("effectiveTiming"),
            At("issued"),
        ],
    ),
    ("Patient", &[At("birthDate")]),
    ("Procedure", &[At("performedDateTime"), Period("performedPeriod")]),
    ("Provenance", &[At("occurredDateTime"), Period("occurredPeriod"), At("recorded")]),
    ("QuestionnaireResponse", &[At("authored")]),
    ("RequestGroup", &[At("authoredOn")]),
    ("ResearchSubject", &[Period("period")]),
    ("RiskAssessment", &[At("occurrenceDateTime"), Period("occurrencePeriod")]),
    (
        "ServiceRequest",
        &[At("occurrenceDateTime"), Period("occurrencePeriod"), Timing("occurrenceTiming"), At("authoredOn")],
    ),
    (
        "Specimen",
        &[At("collection.collectedDateTime"), Period("collection.collectedPeriod"), At("receivedTime")],
    ),
    ("SupplyDelivery", &[At("occurrenceDateTime"), Period("occurrencePeriod"), Timing("occurrenceTiming")]),
    (
        "SupplyRequest",
        &[At("occurrenceDateTime"), Period("occurrencePeriod"), Timing("occurrenceTiming"), At("authoredOn")],
    ),
    ("Task", &[Period("executionPeriod"), At("authoredOn")]),
    ("VisionPrescription", &[At("dateWritten"), At("created")]),
    // Who and what there is, which does not happen at a time.
    ("BodyStructure", &[]),
    ("Device", &[]),
    ("HealthcareService", &[]),
    ("Location", &[]),
    ("Medication", &[]),
    ("Organization", &[]),
    ("Person", &[]),
    ("Practitioner", &[]),
    ("PractitionerRole", &[]),
    ("RelatedPerson", &[]),
    ("Substance", &[]),
];

/// The same for a type that is not in [`CLINICAL`].
pub const CLINICAL_OTHER: &[When] = &[
    At("effectiveDateTime"),
    Period("effectivePeriod"),
    At("occurrenceDateTime"),
    Period("occurrencePeriod"),
    At("performedDateTime"),
    Period("performedPeriod"),
    Onset,
    Period("period"),
    At("authoredOn"),
    At("recordedDate"),
    At("issued"),
    At("date"),
    At("created"),
];

/// Elements whose strings must be dates wherever they stand in a resource, chosen for a fact or not; so must those
/// whose names end in `Date`, `DateTime` or `Instant`. A `birthDate` takes no time of day; `lastUpdated`, `timestamp`
/// and names that end in `Instant` need one with its zone.
pub const DATES: &[&str] = &[
    "authored",
    "authoredOn",
    "created",
    "creation",
    "date",
    "dateAsserted",
    "dateTime",
    "dateWritten",
    "detected",
    "end",
    "event",
    "issued",
    "lastOccurrence",
    "lastUpdated",
    "received",
    "receivedTime",
    "recorded",
    "recordedOn",
    "sent",
    "start",
    "started",
    "timestamp",
    "whenHandedOver",
    "whenPrepared",
];

/// Where a short title for a person to read stands, in order of preference.
pub const TITLE: &[&str] = &[
    "code",
    "vaccineCode",
    "medicationCodeableConcept",
    "medicationReference",
    "title",
    "description",
    "name",
    "item.productOrService",
    "type",
    "procedureCode",
    "series.modality",
    "scope",
    "category",
    "class",
];
