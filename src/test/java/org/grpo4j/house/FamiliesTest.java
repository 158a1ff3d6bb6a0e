package org.grpo4j.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.grpo4j.declare.Kind;
import org.grpo4j.declare.Kinds;
import org.grpo4j.reward.OverlongReward;
import org.grpo4j.reward.RewardFunction;
import org.grpo4j.reward.Rewards;
import org.grpo4j.reward.WeightedReward;
import org.grpo4j.task.TaskSource;
import org.grpo4j.task.Tasks;
import org.grpo4j.task.ThinkAdd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A class of a family that stands in no list would compile, and no experiment could use it. */
class FamiliesTest {

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.grpo4j");

  /**
   * An interface and the list of those that implement it.
   *
   * @param listed the classes that the list makes
   * @param file where the list is
   * @param notListed implementations that experiments do not choose by name, and need not
   */
  record Family(Class<?> type, Set<Class<?>> listed, Path file, Set<Class<?>> notListed) {

    @Override
    public String toString() {
      return type.getSimpleName();
    }
  }

  static Stream<Family> families() {
    return Stream.concat(namesAndMakers(), listsOfKinds());
  }

  /** The list of records is the {@link Kinds} of their interface. */
  private static Stream<Family> listsOfKinds() {
    return MAIN.stream()
        .filter(type -> type.isAnnotatedWith(Kinds.class))
        .map(JavaClass::reflect)
        .map(
            type ->
                new Family(
                    type,
                    Set.of(type.getAnnotation(Kinds.class).value()),
                    Path.of("src/main/java/" + type.getName().replace('.', '/') + ".java"),
                    Set.of()));
  }

  private static Stream<Family> namesAndMakers() {
    return Stream.of(
        new Family(
            TaskSource.class,
            classes(Tasks.ALL.values().stream().map(task -> (Object) task.get())),
            Path.of("src/main/java/org/grpo4j/task/Tasks.java"),
            Set.of()),
        new Family(
            RewardFunction.class,
            classes(Rewards.ALL.values().stream().map(reward -> reward.apply(new ThinkAdd()))),
            Path.of("src/main/java/org/grpo4j/reward/Rewards.java"),
            // Made of others: reward.parts and reward.overlong are their settings.
            Set.of(WeightedReward.class, OverlongReward.class)));
  }

  @ParameterizedTest
  @MethodSource("families")
  void everyImplementationIsListed(Family family) {
    List<String> missing =
        MAIN.stream()
            .filter(type -> type.isAssignableTo(family.type()) && isConcrete(type))
            .filter(type -> family.listed().stream().noneMatch(type::isEquivalentTo))
            .filter(type -> family.notListed().stream().noneMatch(type::isEquivalentTo))
            .map(type -> "add " + type.getSimpleName() + " to " + family.file())
            .toList();
    assertEquals(List.of(), missing);
  }

  @ParameterizedTest
  @MethodSource("families")
  void theListIsWhereTheMessageSays(Family family) throws Exception {
    String text = Files.readString(family.file());
    for (Class<?> listed : family.listed()) {
      assertTrue(text.contains(listed.getSimpleName()), listed + " in " + family.file());
    }
  }

  @Test
  void everyRecordOfAListHasANameOfItsOwn() {
    listsOfKinds()
        .forEach(
            family -> {
              Set<String> names = new HashSet<>();
              for (Class<?> kind : family.listed()) {
                Kind declared = kind.getAnnotation(Kind.class);
                assertNotNull(declared, "add @Kind to " + kind.getName());
                assertTrue(names.add(declared.value()), declared.value() + " in " + family.file());
              }
            });
  }

  private static boolean isConcrete(JavaClass type) {
    return !type.isInterface()
        && !type.isAnonymousClass()
        && !type.getModifiers().contains(JavaModifier.ABSTRACT);
  }

  private static Set<Class<?>> classes(Stream<?> instances) {
    Set<Class<?>> classes = new HashSet<>();
    instances.forEach(instance -> classes.add(instance.getClass()));
    return classes;
  }
}
