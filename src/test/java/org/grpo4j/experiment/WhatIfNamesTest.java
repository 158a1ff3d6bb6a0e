package org.grpo4j.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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
    Set<String> names = new HashSet<>(Set.of(AdvantageColumn.AS_TRACED));
    for (Class<?> kind : config.getAnnotation(Kinds.class).value()) {
      String id = kind.getAnnotation(Kind.class).value();
      names.add(id);
      // What the page cannot recompute, such as an estimator with a critic, it takes from the
      // trace.
      if (variants.containsKey(id)) {
        assertSameSettings(id, kind, variants.get(id).parameters());
      }
    }
    for (String id : variants.keySet()) {
      assertTrue(names.contains(id), column.name() + " has " + id + ", which no file can name");
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
