package org.grpo4j.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.grpo4j.advantage.AdvantageEstimator;
import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Kinds;
import org.grpo4j.declare.Setting;
import org.grpo4j.objective.Aggregation;
import org.grpo4j.objective.RatioLevel;
import org.grpo4j.objective.Surrogate;
import org.grpo4j.whatif.AdvantageColumn;
import org.grpo4j.whatif.AggregationColumn;
import org.grpo4j.whatif.ChoiceParameter;
import org.grpo4j.whatif.Column;
import org.grpo4j.whatif.NumberParameter;
import org.grpo4j.whatif.Parameter;
import org.grpo4j.whatif.RatioLevelColumn;
import org.grpo4j.whatif.SurrogateColumn;
import org.grpo4j.whatif.Variant;
import org.junit.jupiter.api.Test;

/** What the page can choose has the names and defaults of experiment files. */
class WhatIfNamesTest {

  /** Needs a critic: the page takes these advantages from the trace. */
  private static final Set<String> ONLY_IN_FILES =
      Set.of("generalized", "process-supervision", "sum-then-normalize", "normalize-then-sum");

  @Test
  void everyKindOfAColumnIsAVariantWithTheSameSettings() {
    assertSame(AdvantageEstimator.class, AdvantageColumn.COLUMN);
    assertSame(Surrogate.class, SurrogateColumn.COLUMN);
    assertSame(RatioLevel.class, RatioLevelColumn.COLUMN);
    assertSame(Aggregation.class, AggregationColumn.COLUMN);
  }

  private static <T> void assertSame(Class<?> config, Column<T> column) {
    Map<String, Variant<T>> variants = new HashMap<>();
    for (Variant<T> variant : column.variants()) {
      variants.put(variant.id(), variant);
    }
    Kinds listed = config.getAnnotation(Kinds.class);
    for (Class<?> kind : listed == null ? new Class<?>[0] : listed.value()) {
      if (kind.isInterface()) {
        // Several rewards: advantages are taken from the trace too.
        continue;
      }
      String id = kind.getAnnotation(Kind.class).value();
      if (!ONLY_IN_FILES.contains(id)) {
        assertTrue(variants.containsKey(id), column.name() + " has no " + id);
        assertSameSettings(id, kind, variants.get(id).parameters());
      }
    }
  }

  private static void assertSameSettings(String id, Class<?> kind, List<Parameter> parameters) {
    List<String> names = new ArrayList<>();
    for (Parameter parameter : parameters) {
      names.add(parameter.name());
    }
    for (RecordComponent component : kind.getRecordComponents()) {
      // Nested in files, without nesting in the page.
      if (!component.getName().equals("whitening")
          && component.isAnnotationPresent(Setting.class)) {
        assertTrue(names.contains(component.getName()), id + " lacks " + component.getName());
        Parameter parameter = parameters.get(names.indexOf(component.getName()));
        String inFile = component.getAnnotation(Setting.class).byDefault();
        if (!inFile.isEmpty()) {
          assertSameDefault(id, parameter, inFile);
        }
      }
    }
  }

  private static void assertSameDefault(String id, Parameter parameter, String inFile) {
    if (parameter instanceof NumberParameter number) {
      assertEquals(Double.parseDouble(inFile), number.byDefault(), id + "." + number.name());
    } else if (parameter instanceof ChoiceParameter choice) {
      assertEquals(inFile, choice.byDefault(), id + "." + choice.name());
    }
  }
}
