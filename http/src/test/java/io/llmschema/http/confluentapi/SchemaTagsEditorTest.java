package io.llmschema.http.confluentapi;

import static io.llmschema.http.confluentapi.JsonExample.doubleQuoted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmschema.http.HttpProblem;
import io.llmschema.http.confluentapi.SchemaTagsEditor.Tagged;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.SchemaType;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of a schema that gets other tags. */
class SchemaTagsEditorTest {
    private static final String AVRO =
            "{'type': 'record', 'name': 'a.R', 'fields': [{'name': 'f', 'type': 'int', 'confluent:tags': ['OLD']}]}";

    @Test
    void edited_tagsMoreAndLess_standInTheSchema() {
        Tagged tagged = edited(
                SchemaType.AVRO,
                AVRO,
                tags("sr_field", "a.R.f", "NEW") + "," + tags("sr_record", "a.R", "R1','R2"),
                tags("sr_field", "a.R.f", "OLD"));

        assertThat(tagged.content().text())
                .isEqualTo(doubleQuoted(
                        "{'type':'record','name':'a.R','fields':[{'name':'f','type':'int','confluent:tags':['NEW']}],"
                                + "'confluent:tags':['R1','R2']}"));
    }

    @Test
    void edited_lastTagTaken_leavesNoMember() {
        Tagged tagged = edited(SchemaType.AVRO, AVRO, "", tags("sr_field", "a.R.f", "OLD"));

        assertThat(tagged.content().text())
                .isEqualTo(doubleQuoted("{'type':'record','name':'a.R','fields':[{'name':'f','type':'int'}]}"));
    }

    @Test
    void edited_tagsThatAreThereAlready_leaveTheTextAsItIs() {
        Tagged tagged = edited(SchemaType.AVRO, AVRO, tags("sr_field", "a.R.f", "OLD"), "");

        assertThat(tagged.content().text()).isEqualTo(doubleQuoted(AVRO));
    }

    @Test
    void edited_propertyOfJsonSchema_getsTags() {
        Tagged tagged = edited(
                SchemaType.JSON,
                "{'properties':{'a':{'properties':{'b':{}}}}}",
                tags("sr_field", "object.a.b", "X") + "," + tags("sr_record", "object.a", "Y"),
                "");

        assertThat(tagged.content().text())
                .isEqualTo(doubleQuoted(
                        "{'properties':{'a':{'properties':{'b':{'confluent:tags':['X']}},'confluent:tags':['Y']}}}"));
    }

    @Test
    void edited_protobuf_getsTagsInItsContract() {
        Contract contract = Contract.read(JsonExample.of("{'metadata':{'tags':{'a.M.f':['OLD'],'a.M':['KEPT']}}}"));

        Tagged tagged = SchemaTagsEditor.edited(
                SchemaType.PROTOBUF,
                SchemaContent.of("syntax"),
                contract,
                read(tags("sr_record", "a.M", "NEW")),
                read(tags("sr_field", "a.M.f", "OLD")));

        assertThat(tagged.content().text()).isEqualTo("syntax");
        assertThat(JsonExample.object(tagged.contract()::write))
                .isEqualTo(doubleQuoted("{'metadata':{'tags':{'a.M':['KEPT','NEW']}}}"));
    }

    @Test
    void edited_partThatIsNotThere_isRefused() {
        assertThatThrownBy(() -> edited(SchemaType.AVRO, AVRO, tags("sr_field", "a.R.g", "X"), ""))
                .isInstanceOf(ConfluentRefusal.class)
                .hasMessage("No matching path 'a.R.g' found in the schema");
        assertThatThrownBy(() -> edited(SchemaType.AVRO, AVRO, tags("sr_record", "a.R.f", "X"), ""))
                .isInstanceOf(ConfluentRefusal.class);
    }

    @Test
    void edited_schemaThatIsNone_isRefused() {
        assertThatThrownBy(() -> edited(SchemaType.AVRO, "{", tags("sr_field", "a.R.g", "X"), ""))
                .isInstanceOf(ConfluentRefusal.class)
                .hasMessageStartingWith("Invalid schema, details: ");
    }

    @Test
    void readAll_otherShape_isRefusedWithItsPlace() {
        assertThatThrownBy(() -> read("{'tags':[]}"))
                .isInstanceOf(HttpProblem.class)
                .hasMessage("the body at /t/0/schemaEntity: it is missing");
        assertThatThrownBy(() -> read(tags("sr_else", "a", "b")))
                .isInstanceOf(HttpProblem.class)
                .hasMessageContaining("known are sr_record and sr_field");
    }

    @Test
    void write_ofWhatWasRead_isTheSame() {
        String text = tags("sr_field", "a.b", "X") + "," + tags("sr_record", "a", "Y");

        assertThat(JsonExample.object(out -> SchemaTags.write(out, read(text))))
                .isEqualTo(doubleQuoted("{'schemaTags':[" + text + "]}"));
        assertThat(JsonExample.object(out -> SchemaTags.write(out, List.of()))).isEqualTo("{}");
    }

    private static Tagged edited(SchemaType type, String schema, String toAdd, String toRemove) {
        return SchemaTagsEditor.edited(
                type, SchemaContent.of(doubleQuoted(schema)), Contract.NONE, read(toAdd), read(toRemove));
    }

    private static List<SchemaTags> read(String tags) {
        return SchemaTags.readAll(JsonExample.of("{'t':[" + tags + "]}"), "t");
    }

    private static String tags(String type, String path, String tags) {
        return "{'schemaEntity':{'entityPath':'%s','entityType':'%s'},'tags':['%s']}".formatted(path, type, tags);
    }
}
