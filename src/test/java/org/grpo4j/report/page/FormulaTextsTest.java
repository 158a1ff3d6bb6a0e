package org.grpo4j.report.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.grpo4j.advantage.AdvantageInputs;
import org.grpo4j.advantage.GroupRelativeAdvantage;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Explanation;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.grpo4j.objective.GrpoObjective;
import org.grpo4j.objective.KlEstimator;
import org.grpo4j.objective.KlPenalty;
import org.grpo4j.whatif.Quantity;
import org.grpo4j.whatif.WhatIf;
import org.grpo4j.whatif.WhatIfRequest;
import org.grpo4j.whatif.WhatIfResult;
import org.grpo4j.whatif.WhatIfRow;
import org.junit.jupiter.api.Test;

/** The page finds numbers of its formulas in explanations by how their descriptions begin. */
class FormulaTextsTest {

  private static final Path SCRIPTS = Path.of("src/main/resources/org/grpo4j/report/page");
  private static final Pattern LOOKED_FOR =
      Pattern.compile("(?:valueOf\\(c\\.tree, |ratio: |kl: |weight: )/\\^([^/]+)/");

  @Test
  void everyDescriptionThatIsLookedForIsThere() throws IOException {
    Set<String> beginnings = new TreeSet<>();
    for (String script : List.of("formulas.js", "explanation.js")) {
      Matcher found = LOOKED_FOR.matcher(Files.readString(SCRIPTS.resolve(script)));
      while (found.find()) {
        beginnings.add(found.group(1));
      }
    }
    assertEquals(6, beginnings.size(), beginnings::toString);

    List<String> descriptions = descriptions();
    for (String beginning : beginnings) {
      assertTrue(
          descriptions.stream().anyMatch(one -> one.startsWith(beginning)),
          "\"" + beginning + "\" begins none of " + descriptions);
    }
  }

  private static List<String> descriptions() {
    TokenTable mask = TokenTable.of(List.of(DoubleVector.of(1, 1), DoubleVector.of()));
    WhatIfRow row =
        new WhatIfRow(
            0,
            DoubleVector.of(-1, -0.5),
            DoubleVector.of(-0.9, -0.6),
            Optional.of(DoubleVector.of(-1.1, -0.4)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    WhatIfRequest request =
        WhatIfRequest.of(
            Optional.of(GroupRelativeAdvantage.standard()),
            GrpoObjective.standard().withKl(KlPenalty.of(0.04, KlEstimator.K3)),
            AdvantageInputs.of(DoubleVector.of(1, 0), RowGroups.of(0, 0), mask),
            List.of(row));
    WhatIfResult result = WhatIf.evaluate(request);
    List<String> descriptions = new ArrayList<>();
    for (Quantity quantity : Quantity.values()) {
      collect(result.explain(quantity, 0, 0), descriptions);
    }
    return descriptions;
  }

  private static void collect(Explanation explanation, List<String> descriptions) {
    descriptions.add(explanation.description());
    explanation.parts().forEach(part -> collect(part, descriptions));
  }
}
