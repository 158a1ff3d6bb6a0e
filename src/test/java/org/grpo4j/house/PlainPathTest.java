package org.grpo4j.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.grpo4j.policy.TabularCritic;
import org.grpo4j.policy.TabularPolicy;
import org.grpo4j.policy.network.NetworkCritics;
import org.grpo4j.policy.network.PlainNetworks;
import org.grpo4j.train.GrpoTrainer;
import org.grpo4j.train.PpoTrainer;
import org.junit.jupiter.api.Test;

/**
 * Trainers, tables and plain transformers are to run in a browser with the bits that they have
 * here: all that they reach, class by class, is the JDK and this library's core.
 */
class PlainPathTest {

  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .importPackages(ArchitectureTest.ROOT);

  private static final Pattern CORE =
      Pattern.compile(
          "org[.]grpo4j[.](declare|math|task|rollout|reward|advantage|objective|metric|policy|train)"
              + "([.].*)?[.]\\w+(\\$.*)?");

  private static final Pattern JDK =
      Pattern.compile(
          "java[.](lang|io|nio[.](file|charset)|util)[.]\\w+"
              + "|java[.]lang[.](annotation|invoke|runtime)[.].+"
              + "|java[.]util[.](function|stream|regex)[.].+"
              + "|org[.]jspecify[.]annotations[.]\\w+");

  /** Only made where there is more than one worker, and by nothing else on the path. */
  private static final String THREADS = "org.grpo4j.policy.WorkerThreads";

  private static final Pattern OTHER_BITS =
      Pattern.compile(
          "exp|expm1|log|log10|log1p|pow|sinh?|cosh?|tanh?|asin|acos|atan2?|cbrt|hypot|fma|rint");

  /** Everything reached, and by whom first. */
  private static Map<JavaClass, String> reached() {
    Map<JavaClass, String> users = new TreeMap<>((a, b) -> a.getName().compareTo(b.getName()));
    Deque<JavaClass> open = new ArrayDeque<>();
    for (Class<?> root :
        List.of(
            PlainNetworks.class,
            NetworkCritics.class,
            TabularPolicy.class,
            TabularCritic.class,
            GrpoTrainer.class,
            PpoTrainer.class)) {
      open.add(ALL.get(root));
      users.put(ALL.get(root), "the test");
    }
    while (!open.isEmpty()) {
      JavaClass user = open.remove();
      if (user.getName().equals(THREADS) || !user.getName().startsWith(ArchitectureTest.ROOT)) {
        continue;
      }
      for (Dependency use : user.getDirectDependenciesFromSelf()) {
        JavaClass used = use.getTargetClass().getBaseComponentType();
        if (!used.isPrimitive() && users.putIfAbsent(used, user.getName()) == null) {
          open.add(used);
        }
      }
    }
    return users;
  }

  @Test
  void thePlainPathNeedsTheJdkAndTheCore() {
    Set<String> wrong = new TreeSet<>();
    reached()
        .forEach(
            (one, user) -> {
              String name = one.getName();
              if (!CORE.matcher(name).matches() && !JDK.matcher(name).matches()) {
                wrong.add(name + ", used by " + user);
              }
            });
    assertEquals(Set.of(), wrong);
  }

  @Test
  void onlyOneClassOfThePathKnowsThreadPools() {
    assertTrue(reached().keySet().stream().anyMatch(one -> one.getName().equals(THREADS)));
  }

  @Test
  void thePlainPathComputesTheSameBitsEverywhere() {
    Set<String> wrong = new TreeSet<>();
    for (JavaClass one : reached().keySet()) {
      for (JavaMethodCall call : one.getMethodCallsFromSelf()) {
        String owner = call.getTargetOwner().getName();
        boolean ofMath = owner.equals("java.lang.Math") || owner.equals("java.lang.StrictMath");
        if (ofMath && OTHER_BITS.matcher(call.getName()).matches()) {
          wrong.add(one.getName());
        }
      }
    }
    assertEquals(Set.of("org.grpo4j.policy.ExpAndLog"), wrong); // the other choice
  }
}
