package io.llmschema.http.confluentapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmschema.model.Subject;
import io.llmschema.model.TenantId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SubjectNamesTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            .,      orders,         orders
            .,      :.team:orders,  :.team:orders
            .team,  :.team:orders,  orders
            .team,  :.other:orders, :.other:orders
            .team,  orders,         :.:orders
            """)
    void asSeenFrom_aContext_isANameThatMeansTheSubjectThere(String context, String name, String seen) {
        Subject subject = new Subject(TenantId.DEFAULT, name);

        String called = SubjectNames.asSeenFrom(context, subject);

        assertThat(called).isEqualTo(seen);
        assertThat(SubjectNames.in(context, called, TenantId.DEFAULT)).isEqualTo(subject);
    }
}
