package io.llmschema.http.confluentapi;

import static io.llmschema.http.confluentapi.JsonExample.doubleQuoted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmschema.http.confluentapi.SchemaEntity.Kind;
import io.llmschema.model.RegistryException.InvalidValue;
import io.llmschema.model.SchemaContent;
import io.llmschema.model.SchemaType;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which parts of schemas have tags. */
class SchemaTagsFinderTest {
    private static final List<String> ALL = List.of("*");

    private static final String AVRO =
            "{'type':'record','name':'Order','namespace':'shop','confluent:tags':['ORDERS'],'fields':["
                    + "{'name':'id','type':'long','confluent:tags':['KEY','PII']},"
                    + "{'name':'to','type':['null',{'type':'record','name':'Person','fields':[{'name':'ssn','type':'string','confluent:tags':['PII']}]}]},"
                    + "{'name':'lines','type':{'type':'array','items':{'type':'record','name':'other.Line','fields':[{'name':'n','type':{'type':'map','values':'int'}}]}}}]}";

    private static final String JSON =
            "{'type':'object','confluent:tags':['WHOLE'],'properties':{'a':{'type':'string','confluent:tags':['PII']},"
                    + "'b':{'type':'array','items':{'type':'object','properties':{'c':{'confluent:tags':['DEEP']}}}},"
                    + "'d':true,'e':{'oneOf':[{'properties':{'f':{'confluent:tags':['ONE']}}},{'type':'null'}]}},"
                    + "'$defs':{'Address':{'properties':{'street':{'confluent:tags':['PII']}}}}}";

    @Test
    void find_all_namesRecordsAndFieldsOfAvroByFullNames() {
        assertThat(find(SchemaType.AVRO, AVRO, Contract.NONE, ALL))
                .containsExactly(
                        record("shop.Order", "ORDERS"),
                        field("shop.Order.id", "KEY", "PII"),
                        field("shop.Person.ssn", "PII"));
    }

    @Test
    void find_all_namesObjectsAndPropertiesOfJsonSchemaByPaths() {
        assertThat(find(SchemaType.JSON, JSON, Contract.NONE, ALL))
                .containsExactly(
                        record("object", "WHOLE"),
                        field("object.a", "PII"),
                        field("object.b.c", "DEEP"),
                        field("object.e.f", "ONE"),
                        field("object.$defs.Address.street", "PII"));
    }

    @Test
    void find_some_namesOnlyTheseTags() {
        assertThat(find(SchemaType.AVRO, AVRO, Contract.NONE, List.of("PII", "ELSE")))
                .containsExactly(field("shop.Order.id", "PII"), field("shop.Person.ssn", "PII"));
    }

    @Test
    void find_nothing_namesNone() {
        assertThat(find(SchemaType.AVRO, AVRO, Contract.NONE, List.of())).isEmpty();
        assertThat(find(SchemaType.AVRO, AVRO, Contract.NONE, List.of("ELSE"))).isEmpty();
    }

    @Test
    void find_tagsOfTheContract_standBesideThoseOfTheSchema() {
        Contract contract =
                contract("{'shop.Person.ssn':['SECRET'],'other.*':['LINE'],'**.n':['N'],'not.there':['X']}");

        assertThat(find(SchemaType.AVRO, AVRO, contract, ALL))
                .contains(
                        field("shop.Person.ssn", "PII", "SECRET"),
                        record("other.Line", "LINE"),
                        field("other.Line.n", "N"))
                .noneMatch(tags -> tags.tags().contains("X"));
    }

    @Test
    void find_inProtobuf_namesThePathsOfTheContract() {
        Contract contract = contract("{'shop.Order':['ORDERS'],'shop.Order.id':['PII'],'**.x':['PATTERN']}");

        assertThat(find(SchemaType.PROTOBUF, "syntax = 'proto3';", contract, ALL))
                .containsExactly(record("shop.Order", "ORDERS"), field("shop.Order.id", "PII"));
    }

    @Test
    void find_schemaThatIsJustAType_namesNone() {
        assertThat(find(SchemaType.AVRO, "'string'", Contract.NONE, ALL)).isEmpty();
        assertThat(find(SchemaType.JSON, "true", Contract.NONE, ALL)).isEmpty();
    }

    @Test
    void find_tagsOfAnotherShape_arePassedOver() {
        String schema = "{'type':'object','confluent:tags':'PII','properties':{'a':{'confluent:tags':[1,'X',null]}}}";

        assertThat(find(SchemaType.JSON, schema, Contract.NONE, ALL)).containsExactly(field("object.a", "X"));
    }

    @Test
    void find_morePatternsThanAreTried_isRefused() {
        String tags = IntStream.rangeClosed(0, SchemaTagsFinder.MAX_PATTERNS)
                .mapToObj(i -> "'**.p" + i + "':['T']")
                .collect(Collectors.joining(",", "{", "}"));

        assertThatThrownBy(() -> find(SchemaType.AVRO, AVRO, contract(tags), ALL))
                .isInstanceOf(InvalidValue.class);
    }

    private static List<SchemaTags> find(SchemaType type, String schema, Contract contract, List<String> wanted) {
        return SchemaTagsFinder.find(type, SchemaContent.of(doubleQuoted(schema)), contract, wanted);
    }

    private static Contract contract(String tags) {
        return Contract.read(JsonExample.of("{'metadata':{'tags':" + tags + "}}"));
    }

    private static SchemaTags record(String path, String... tags) {
        return new SchemaTags(new SchemaEntity(path, Kind.RECORD), List.of(tags));
    }

    private static SchemaTags field(String path, String... tags) {
        return new SchemaTags(new SchemaEntity(path, Kind.FIELD), List.of(tags));
    }
}
