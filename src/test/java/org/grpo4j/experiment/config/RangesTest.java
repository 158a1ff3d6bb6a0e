package org.grpo4j.experiment.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.grpo4j.declare.Setting;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The range that a setting declares is the one its class accepts: files, the report's page, where
 * nothing reads declarations, and code refuse the same numbers.
 */
class RangesTest {

  static List<Class<?>> records() {
    return new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.grpo4j.advantage", "org.grpo4j.objective")
            .stream()
            .map(JavaClass::reflect)
            .filter(type -> type.isRecord() && type.getRecordComponents().length > 0)
            .filter(type -> !Settings.components(type).isEmpty())
            .<Class<?>>map(type -> type)
            .toList();
  }

  @ParameterizedTest
  @MethodSource("records")
  void theConstructorRefusesWhatIsOutside(Class<?> record) {
    List<RecordComponent> components = Settings.components(record);
    for (int i = 0; i < components.size(); i++) {
      Setting setting = components.get(i).getAnnotation(Setting.class);
      if (components.get(i).getType() != double.class) {
        continue;
      }
      assertTrue(!setting.range().isEmpty(), components.get(i) + " needs a range");
      Interval range = Interval.parse(setting.range());
      for (double value : atTheBounds(range)) {
        List<Object> values = valuesOf(record);
        values.set(i, value);
        String what = record.getSimpleName() + "." + components.get(i).getName() + " = " + value;
        assertEquals(
            range.contains(value),
            !refused(record, values, components.get(i).getName()),
            what + " in " + setting.range());
      }
    }
  }

  private static List<Double> atTheBounds(Interval range) {
    return List.of(
        Double.NaN,
        Double.NEGATIVE_INFINITY,
        Math.nextDown(range.lower()),
        range.lower(),
        Math.nextUp(range.lower()),
        Math.nextDown(range.upper()),
        range.upper(),
        Math.nextUp(range.upper()),
        Double.POSITIVE_INFINITY);
  }

  /**
   * True if the constructor refuses the component itself, and not what it is together with others.
   */
  private static boolean refused(Class<?> record, List<Object> values, String name) {
    try {
      Settings.create(record, values);
      return false;
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      return message.startsWith(name + ": ")
          && Settings.components(record).stream()
              .noneMatch(other -> message.contains(" " + other.getName() + " "));
    }
  }

  private static List<Object> valuesOf(Class<?> record) {
    Origin origin = new Origin("defaults", 0);
    Map<String, ConfigNode.Entry> required = new LinkedHashMap<>();
    for (Settings.Entry setting : Settings.of(record)) {
      if (setting.annotation().byDefault().isEmpty() && !setting.elementType().isRecord()) {
        ConfigNode two = new ConfigNode.Scalar("2", false, origin);
        required.put(setting.key(), new ConfigNode.Entry(origin, two));
      }
    }
    Object made = RecordBinder.bind(new ConfigNode.Section(required, origin), record);
    List<Object> values = new ArrayList<>();
    for (RecordComponent component : Settings.components(record)) {
      values.add(Settings.value(made, component));
    }
    return values;
  }
}
