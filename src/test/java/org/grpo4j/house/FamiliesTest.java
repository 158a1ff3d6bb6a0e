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
import org.grpo4j.reward.WeightedReward;
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
   */
  record Family(Class<?> type, Set<Class<?>> listed, Path file) {

    @Override
    public String toString() {
      return type.getSimpleName();
    }
  }

  /** Made of others: {@code reward.parts} and {@code reward.overlong} are their settings. */
  private static final Set<Class<?>> NOT_CHOSEN =
      Set.of(WeightedReward.class, OverlongReward.class);

  /** The list is the {@link Kinds} of the interface. */
  static Stream<Family> families() {
    return MAIN.stream()
        .filter(type -> type.isAnnotatedWith(Kinds.class))
        .map(JavaClass::reflect)
        .map(
            type ->
                new Family(
                    type,
                    Set.of(type.getAnnotation(Kinds.class).value()),
                    Path.of("src/main/java/" + type.getName().replace('.', '/') + ".java")));
  }

  @ParameterizedTest
  @MethodSource("families")
  void everyImplementationIsListed(Family family) {
    List<String> missing =
        MAIN.stream()
            .filter(type -> type.isAssignableTo(family.type()) && isConcrete(type))
            .filter(type -> family.listed().stream().noneMatch(type::isEquivalentTo))
            .filter(type -> NOT_CHOSEN.stream().noneMatch(type::isEquivalentTo))
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
  void everyClassOfAListHasANameOfItsOwn() {
    families()
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
}
