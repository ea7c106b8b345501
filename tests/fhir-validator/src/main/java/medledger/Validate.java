package medledger;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.StrictErrorHandler;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.r5.utils.validation.constants.BestPracticeWarningLevel;

/**
 * Validates FHIR R4 resources in JSON against the published structure (definitions, value sets, invariants of 4.0.1), by
 * HAPI FHIR, without a network.
 *
 * <pre>Validate [--to FOLDER] (FILE | FOLDER)…</pre>
 *
 * <p>A folder stands for the .json files in it. With --to each resource that is valid is also read into HAPI's model and
 * written from it again, to a file of the same name in that folder, which must be there. Answers with one JSON object:
 * by file the number of resources by type, errors and warnings. Exit codes: 0 all valid, 1 some not, 2 bad usage.
 */
public final class Validate {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final FhirContext context = FhirContext.forR4();
    private final FhirValidator validator;

    private Validate() {
        FhirInstanceValidator module = new FhirInstanceValidator(new ValidationSupportChain(
                new DefaultProfileValidationSupport(context),
                new InMemoryTerminologyServerValidationSupport(context),
                new CommonCodeSystemsTerminologyService(context)));
        // No narrative for machines; other codes than the suggested ones are what an extensible binding is for.
        module.setBestPracticeWarningLevel(BestPracticeWarningLevel.Ignore);
        module.setNoExtensibleWarnings(true);
        validator = context.newValidator().registerValidatorModule(module);
    }

    public static void main(String[] arguments) throws IOException {
        Path to = null;
        List<Path> files = new ArrayList<>();
        for (int at = 0; at < arguments.length; at++) {
            if (arguments[at].equals("--to") && at + 1 < arguments.length) {
                at++;
                to = Path.of(arguments[at]);
            } else {
                files.addAll(jsonFiles(Path.of(arguments[at])));
            }
        }
        if (files.isEmpty()) {
            System.err.println("usage: Validate [--to FOLDER] (FILE | FOLDER)…");
            System.exit(2);
        }
        Validate validate = new Validate();
        ObjectNode answer = JSON.createObjectNode();
        boolean valid = true;
        for (Path file : files) {
            ObjectNode report = validate.report(Files.readString(file), file.getFileName(), to);
            valid &= report.get("errors").isEmpty();
            answer.set(file.toString(), report);
        }
        System.out.println(answer);
        System.exit(valid ? 0 : 1);
    }

    private static List<Path> jsonFiles(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> inside = Files.list(path)) {
            return inside.filter(file -> file.toString().endsWith(".json")).sorted().toList();
        }
    }

    private ObjectNode report(String text, Path name, Path to) throws IOException {
        ObjectNode report = JSON.createObjectNode();
        ObjectNode resources = report.putObject("resources");
        ArrayNode errors = report.putArray("errors");
        ArrayNode warnings = report.putArray("warnings");
        try {
            count(JSON.readTree(text), resources);
            for (SingleValidationMessage message : validator.validateWithResult(text).getMessages()) {
                boolean error = message.getSeverity().compareTo(ResultSeverityEnum.ERROR) >= 0;
                if (error || message.getSeverity() == ResultSeverityEnum.WARNING) {
                    ObjectNode told = (error ? errors : warnings).addObject();
                    told.put("at", message.getLocationString());
                    told.put("what", message.getMessage());
                }
            }
            if (to != null && errors.isEmpty()) {
                IParser parser = context.newJsonParser().setPrettyPrint(true);
                parser.setParserErrorHandler(new StrictErrorHandler());
                parser.setStripVersionsFromReferences(false);
                String again = parser.encodeResourceToString(parser.parseResource(text));
                Files.writeString(to.resolve(name), again);
            }
        } catch (RuntimeException | com.fasterxml.jackson.core.JacksonException unreadable) {
            errors.addObject().put("at", "").put("what", unreadable.toString());
        }
        return report;
    }

    /** Counts a resource, and those in the entries of a Bundle. */
    private static void count(JsonNode resource, ObjectNode counts) {
        String type = resource.path("resourceType").asText("none");
        counts.put(type, counts.path(type).asInt() + 1);
        for (JsonNode entry : resource.path("entry")) {
            count(entry.path("resource"), counts);
        }
    }
}
