//! Every element of FHIR R4's Consent, what it means and what becomes of it: the published table.
//!
//! The import reads no element that is not in it, and `docs/fhir-consent.md` shows it.

/// What becomes of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Treatment {
    /// It is read, and decides.
    Supported,
    /// It says what was agreed to and by whom, and decides nothing.
    Carried,
    /// By FHIR's own rules it has no meaning for a decision.
    Ignored,
    /// It is refused by the rule of this id.
    Refused(&'static str),
}

/// An element, with what it means here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Element {
    /// Its path; below data types it begins with the type's name.
    pub path: &'static str,
    /// What it means here.
    pub meaning: &'static str,
    /// What becomes of it.
    pub treatment: Treatment,
}

use Treatment::{Carried, Ignored, Refused, Supported};

macro_rules! elements {
    ($( $path:literal $treatment:expr, $meaning:literal; )*) => {
        /// The table.
        pub const ELEMENTS: &[Element] =
            &[$( Element { path: $path, meaning: $meaning, treatment: $treatment } ),*];
    };
}

elements! {
    "Consent.resourceType" Supported, "must be Consent";
    "Consent.id" Ignored, "the name of the resource";
    "Consent.meta" Ignored, "profiles, labels and versions of the Consent itself, not of the records";
    "Consent.implicitRules" Refused("FHR-041"), "rules that may change every meaning";
    "Consent.language" Ignored, "the language of its narrative";
    "Consent.text" Ignored, "the narrative: effects follow the elements, never it";
    "Consent.contained" Ignored, "resources that only the Consent refers to; a reference to one names nothing outside";
    "Consent.extension" Ignored, "an extension that is no modifier never changes a meaning (FHIR R4 §2.4.2)";
    "Consent.modifierExtension" Refused("FHR-041"), "but for the three that the export writes: see below";
    "Consent.identifier" Carried, "what others call it";
    "Consent.status" Supported, "active; any other status denies";
    "Consent.scope" Carried, "privacy, research, treatment or directive: decides nothing by itself";
    "Consent.category" Carried, "a classification for finding it";
    "Consent.patient" Carried, "whose records; on a ledger the signer's";
    "Consent.dateTime" Supported, "its offset is the zone of dates that have none";
    "Consent.performer" Carried, "who agreed; on a ledger who signed";
    "Consent.organization" Carried, "who manages it: no custodian, no actor";
    "Consent.sourceAttachment" Carried, "the paper that was signed";
    "Consent.sourceReference" Carried, "the same, by reference";
    "Consent.policy" Carried, "the policy that was agreed to: no rule is taken from it";
    "Consent.policyRule" Supported, "OPTIN or OPTOUT of v3-ActCode: the base where the root has no type; any other code is carried";
    "Consent.verification" Carried, "whether somebody asked the patient again";
    "Consent.provision" Supported, "the root provision: bounds where the base applies, or is one exception to policyRule";
    "Consent.subject" Refused("FHR-043"), "R5's patient";
    "Consent.date" Refused("FHR-043"), "R5's dateTime";
    "Consent.period" Refused("FHR-043"), "R5's period of the whole";
    "Consent.grantor" Refused("FHR-043"), "R5";
    "Consent.grantee" Refused("FHR-043"), "R5";
    "Consent.manager" Refused("FHR-043"), "R5";
    "Consent.controller" Refused("FHR-043"), "R5";
    "Consent.regulatoryBasis" Refused("FHR-043"), "R5";
    "Consent.policyBasis" Refused("FHR-043"), "R5";
    "Consent.policyText" Refused("FHR-043"), "R5";
    "Consent.decision" Refused("FHR-043"), "R5's base";

    "Consent.provision.id" Ignored, "the name of the element";
    "Consent.provision.extension" Ignored, "no modifier";
    "Consent.provision.modifierExtension" Refused("FHR-041"), "but for those that the export writes: see below";
    "Consent.provision.type" Supported, "permit or deny; needed below the root";
    "Consent.provision.period" Supported, "when the rule holds; always within the periods around it";
    "Consent.provision.actor" Supported, "who asks (PRCP, IRCP) and who releases (CST)";
    "Consent.provision.action" Supported, "codes of consentaction";
    "Consent.provision.securityLabel" Supported, "confidentiality, which is ordered, and sensitivity";
    "Consent.provision.purpose" Supported, "codes of v3-ActReason with all that they subsume; BTG permits only where it is named";
    "Consent.provision.class" Supported, "FHIR R4 resource types; other classes are unknown codes";
    "Consent.provision.code" Supported, "codes found in the record, of the systems listed below";
    "Consent.provision.dataPeriod" Supported, "when what the record tells of happened";
    "Consent.provision.data" Supported, "single records, by what they are, refer to, or who wrote them";
    "Consent.provision.provision" Supported, "an exception to its own ancestors";
    "Consent.provision.documentType" Refused("FHR-043"), "R5";
    "Consent.provision.resourceType" Refused("FHR-043"), "R5's class";
    "Consent.provision.expression" Refused("FHR-043"), "R5";

    "Consent.provision.actor.id" Ignored, "the name of the element";
    "Consent.provision.actor.extension" Ignored, "no modifier";
    "Consent.provision.actor.modifierExtension" Refused("FHR-041"), "not understood";
    "Consent.provision.actor.role" Supported, "PRCP or IRCP: the reference is the requester, its organisation or its group; CST: the releasing custodian";
    "Consent.provision.actor.reference" Supported, "who, by literal reference or identifier";
    "Consent.provision.data.id" Ignored, "the name of the element";
    "Consent.provision.data.extension" Ignored, "no modifier";
    "Consent.provision.data.modifierExtension" Refused("FHR-041"), "not understood";
    "Consent.provision.data.meaning" Supported, "instance, dependents, authoredby; related, of which only the instance itself can be known";
    "Consent.provision.data.reference" Supported, "compared literally";

    "Coding.id" Ignored, "the name of the element";
    "Coding.extension" Ignored, "no modifier";
    "Coding.system" Supported, "a code without it is of no known system";
    "Coding.version" Ignored, "codes keep their meaning over versions";
    "Coding.code" Supported, "compared as written";
    "Coding.display" Ignored, "for people";
    "Coding.userSelected" Ignored, "how it was entered";
    "CodeableConcept.id" Ignored, "the name of the element";
    "CodeableConcept.extension" Ignored, "no modifier";
    "CodeableConcept.coding" Supported, "codes for one concept: any of them; in a deny all must be known";
    "CodeableConcept.text" Ignored, "for people; a concept with nothing else is an unknown code";
    "Period.id" Ignored, "the name of the element";
    "Period.extension" Ignored, "no modifier";
    "Period.start" Supported, "inclusive, from the first moment that its precision spans";
    "Period.end" Supported, "inclusive, to the last moment that its precision spans";
    "Reference.id" Ignored, "the name of the element";
    "Reference.extension" Ignored, "no modifier";
    "Reference.reference" Supported, "compared literally; on a ledger by an explicit map";
    "Reference.type" Supported, "tells an organisation's DID from a person's; must fit a literal reference";
    "Reference.identifier" Supported, "a DID, or system|value";
    "Reference.display" Ignored, "for people";
    "Identifier.id" Ignored, "the name of the element";
    "Identifier.extension" Ignored, "no modifier";
    "Identifier.use" Ignored, "how it is used";
    "Identifier.type" Ignored, "what kind it is";
    "Identifier.system" Supported, "its namespace";
    "Identifier.value" Supported, "the value";
    "Identifier.period" Ignored, "when it was in use";
    "Identifier.assigner" Ignored, "who gave it";
}

/// The element of this name at this place.
pub(super) fn element(of: &str, key: &str) -> Option<&'static Element> {
    ELEMENTS.iter().find(|element| {
        element.path.strip_prefix(of).and_then(|rest| rest.strip_prefix('.')).is_some_and(|rest| rest == key)
    })
}

/// The resource types of FHIR R4 (4.0.1) that are no abstract ones.
pub const RESOURCE_TYPES: &[&str] = &[
    "Account",
    "ActivityDefinition",
    "AdverseEvent",
    "AllergyIntolerance",
    "Appointment",
    "AppointmentResponse",
    "AuditEvent",
    "Basic",
    "Binary",
    "BiologicallyDerivedProduct",
    "BodyStructure",
    "Bundle",
    "CapabilityStatement",
    "CarePlan",
    "CareTeam",
    "CatalogEntry",
    "ChargeItem",
    "ChargeItemDefinition",
    "Claim",
    "ClaimResponse",
    "ClinicalImpression",
    "CodeSystem",
    "Communication",
    "CommunicationRequest",
    "CompartmentDefinition",
    "Composition",
    "ConceptMap",
    "Condition",
    "Consent",
    "Contract",
    "Coverage",
    "CoverageEligibilityRequest",
    "CoverageEligibilityResponse",
    "DetectedIssue",
    "Device",
    "DeviceDefinition",
    "DeviceMetric",
    "DeviceRequest",
    "DeviceUseStatement",
    "DiagnosticReport",
    "DocumentManifest",
    "DocumentReference",
    "EffectEvidenceSynthesis",
    "Encounter",
    "Endpoint",
    "EnrollmentRequest",
    "EnrollmentResponse",
    "EpisodeOfCare",
    "EventDefinition",
    "Evidence",
    "EvidenceVariable",
    "ExampleScenario",
    "ExplanationOfBenefit",
    "FamilyMemberHistory",
    "Flag",
    "Goal",
    "GraphDefinition",
    "Group",
    "GuidanceResponse",
    "HealthcareService",
    "ImagingStudy",
    "Immunization",
    "ImmunizationEvaluation",
    "ImmunizationRecommendation",
    "ImplementationGuide",
    "InsurancePlan",
    "Invoice",
    "Library",
    "Linkage",
    "List",
    "Location",
    "Measure",
    "MeasureReport",
    "Media",
    "Medication",
    "MedicationAdministration",
    "MedicationDispense",
    "MedicationKnowledge",
    "MedicationRequest",
    "MedicationStatement",
    "MedicinalProduct",
    "MedicinalProductAuthorization",
    "MedicinalProductContraindication",
    "MedicinalProductIndication",
    "MedicinalProductIngredient",
    "MedicinalProductInteraction",
    "MedicinalProductManufactured",
    "MedicinalProductPackaged",
    "MedicinalProductPharmaceutical",
    "MedicinalProductUndesirableEffect",
    "MessageDefinition",
    "MessageHeader",
    "MolecularSequence",
    "NamingSystem",
    "NutritionOrder",
    "Observation",
    "ObservationDefinition",
    "OperationDefinition",
    "OperationOutcome",
    "Organization",
    "OrganizationAffiliation",
    "Parameters",
    "Patient",
    "PaymentNotice",
    "PaymentReconciliation",
    "Person",
    "PlanDefinition",
    "Practitioner",
    "PractitionerRole",
    "Procedure",
    "Provenance",
    "Questionnaire",
    "QuestionnaireResponse",
    "RelatedPerson",
    "RequestGroup",
    "ResearchDefinition",
    "ResearchElementDefinition",
    "ResearchStudy",
    "ResearchSubject",
    "RiskAssessment",
    "RiskEvidenceSynthesis",
    "Schedule",
    "SearchParameter",
    "ServiceRequest",
    "Slot",
    "Specimen",
    "SpecimenDefinition",
    "StructureDefinition",
    "StructureMap",
    "Subscription",
    "Substance",
    "SubstanceNucleicAcid",
    "SubstancePolymer",
    "SubstanceProtein",
    "SubstanceReferenceInformation",
    "SubstanceSourceMaterial",
    "SubstanceSpecification",
    "SupplyDelivery",
    "SupplyRequest",
    "Task",
    "TerminologyCapabilities",
    "TestReport",
    "TestScript",
    "ValueSet",
    "VerificationResult",
    "VisionPrescription",
];

/// The systems whose codes can be found in records, and so be compared. Those of HL7 Terminology
/// (`http://terminology.hl7.org/CodeSystem/…`) are known too.
pub const CODE_SYSTEMS: &[(&str, &str)] = &[
    ("http://loinc.org", "LOINC"),
    ("http://snomed.info/sct", "SNOMED CT"),
    ("http://www.nlm.nih.gov/research/umls/rxnorm", "RxNorm"),
    ("http://hl7.org/fhir/sid/icd-10", "ICD-10"),
    ("http://hl7.org/fhir/sid/icd-10-cm", "ICD-10-CM"),
    ("http://www.cms.gov/Medicare/Coding/ICD10", "ICD-10-PCS"),
    ("http://id.who.int/icd/release/11/mms", "ICD-11"),
    ("http://hl7.org/fhir/sid/icd-9-cm", "ICD-9-CM"),
    ("http://hl7.org/fhir/sid/icpc-1", "ICPC"),
    ("http://hl7.org/fhir/sid/icpc-2", "ICPC-2"),
    ("http://hl7.org/fhir/sid/cvx", "CVX, vaccines"),
    ("http://hl7.org/fhir/sid/ndc", "NDC, US medicines"),
    ("http://hl7.org/fhir/allergy-intolerance-category", "FHIR, categories of allergies"),
    ("http://www.ama-assn.org/go/cpt", "CPT"),
    ("http://www.whocc.no/atc", "ATC, medicines"),
    ("http://dicom.nema.org/resources/ontology/DCM", "DICOM"),
    ("http://www.genenames.org", "HGNC, genes"),
    ("http://www.omim.org", "OMIM"),
];

/// The systems of HL7 Terminology.
pub const HL7_SYSTEMS: &str = "http://terminology.hl7.org/CodeSystem/";
