package org.grpo4j.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;

/** The structure of the code: which package may use which, and what nobody may do. */
@AnalyzeClasses(packages = ArchitectureTest.ROOT, importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  static final String ROOT = "org.grpo4j";

  /** A package may use those before it, never those after it; so there are no cycles either. */
  private static final List<String> ORDER =
      List.of(
          "declare",
          "math",
          "task",
          "rollout",
          "reward",
          "advantage",
          "objective",
          "metric",
          "whatif",
          "policy",
          "policy.network.engine",
          "policy.network.dl4j",
          "policy.network.kernels",
          "policy.network",
          "train.sampling",
          "train.evaluation",
          "train.inspection",
          "train",
          "verify",
          "experiment",
          "playground.engine",
          "report",
          "playground",
          "course.source",
          "course.catalogue",
          "course.judge",
          "course.sandbox",
          "course.format",
          "course.answers",
          "course.bugs",
          "course",
          "cli.text",
          "cli.progress",
          "cli.shell",
          "cli",
          "performance",
          "spark");

  /** Also compiled to JavaScript for the page, so nothing but a small part of the JDK. */
  private static final String[] PORTABLE = {
    ROOT + ".declare..",
    ROOT + ".math..",
    ROOT + ".advantage..",
    ROOT + ".objective..",
    ROOT + ".metric..",
    ROOT + ".whatif"
  };

  /** What a page calls. */
  private static final String[] DOORS = {ROOT + ".whatif.browser", ROOT + ".playground.browser"};

  @ArchTest
  static final ArchRule packagesUseOnlyThoseBeforeThem =
      classes()
          .should(
              new ArchCondition<JavaClass>("use only packages before their own") {
                @Override
                public void check(JavaClass user, ConditionEvents events) {
                  user.getDirectDependenciesFromSelf().stream()
                      .filter(use -> use.getTargetClass().getPackageName().startsWith(ROOT))
                      .filter(use -> rank(user) < rank(use.getTargetClass()))
                      .forEach(
                          use ->
                              events.add(
                                  SimpleConditionEvent.violated(user, use.getDescription())));
                }
              });

  @ArchTest
  static final ArchRule everyPackageHasAPlaceInTheOrder =
      classes()
          .should(
              new ArchCondition<JavaClass>("be in one of " + ORDER) {
                @Override
                public void check(JavaClass one, ConditionEvents events) {
                  if (rank(one) < 0) {
                    events.add(SimpleConditionEvent.violated(one, one + " is in none of them"));
                  }
                }
              });

  @ArchTest
  static final ArchRule onlyTheNetworkUsesDl4j =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + ".policy.network..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.nd4j..",
              "org.deeplearning4j..",
              "org.datavec..",
              "org.bytedeco..",
              "jdk.incubator..");

  @ArchTest
  static final ArchRule onlyTheDoorsToThePagesKnowTheirCompiler =
      noClasses()
          .that()
          .resideOutsideOfPackages(DOORS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.teavm..", DOORS[0], DOORS[1])
          .because(
              "they are compiled for a browser; their libraries are not there when grpo4j runs");

  @ArchTest
  static final ArchRule portablePackagesNeedOnlyTheJdk =
      classes()
          .that()
          .resideInAnyPackage(PORTABLE)
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                  ROOT + "..",
                  "java.lang",
                  "java.lang.annotation",
                  "java.lang.runtime",
                  "java.lang.invoke",
                  "java.util",
                  "java.util.function",
                  "org.jspecify.annotations"))
          .because("they are compiled to JavaScript too: no streams, threads, files, reflection");

  @ArchTest
  static final ArchRule portablePackagesDoNotFormatWithLocales =
      noClasses()
          .that()
          .resideInAnyPackage(PORTABLE)
          .should()
          .callMethodWhere(calling("java.lang.String", "format|formatted"))
          .orShould()
          .dependOnClassesThat()
          .belongToAnyOf(Locale.class, Thread.class);

  @ArchTest
  static final ArchRule portablePackagesComputeTheSameBitsEverywhere =
      noClasses()
          .that()
          .resideInAnyPackage(PORTABLE)
          .should()
          .callMethodWhere(
              calling(
                  "java.lang.Math",
                  "exp|expm1|log|log10|log1p|pow|sinh?|cosh?|tanh?|asin|acos|atan2?|cbrt|hypot|fma"))
          .because("these may differ by an ulp from machine to machine: see math.Elementary");

  @ArchTest
  static final ArchRule onlyTheCommandLinePrintsOrExits =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + ".cli..")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .orShould()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(Throwable.class, "printStackTrace");

  @ArchTest
  static final ArchRule everyDrawComesFromAKeyedStream =
      noClasses()
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(Random.class, ThreadLocalRandom.class)
          .orShould()
          .callMethod(Math.class, "random")
          .because(
              "math.RandomStreams gives every draw by key, so that any update can be replayed");

  @ArchTest
  static final ArchRule nobodyDrawsFromNd4j =
      noClasses()
          .should()
          .callMethodWhere(
              calling(
                  "org.nd4j.linalg.factory.Nd4j",
                  "rand.*|getRandom.*|choice|shuffle|bernoulli|exponential"))
          .because("its generator is shared, carried along and seeded per thread");

  @ArchTest
  static final ArchRule noStaticsThatChange = fields().that().areStatic().should().beFinal();

  @ArchTest
  static final ArchRule recordsHoldValues =
      noFields()
          .that()
          .areDeclaredInClassesThat()
          .areRecords()
          .and()
          .areNotStatic()
          .should()
          .haveRawType(DescribedPredicate.describe("an array", JavaClass::isArray))
          .because("an array can be changed and compares by identity; see math.DoubleVector");

  private static DescribedPredicate<JavaMethodCall> calling(String type, String methods) {
    return DescribedPredicate.describe(
        type + "." + methods,
        call -> call.getTargetOwner().getName().equals(type) && call.getName().matches(methods));
  }

  /**
   * The place of a class's package in the order; a package that is not listed has the place of the
   * one it is in; -1 if there is none.
   */
  private static int rank(JavaClass one) {
    String name = one.getPackageName();
    while (name.length() > ROOT.length()) {
      int rank = ORDER.indexOf(name.substring(ROOT.length() + 1));
      if (rank >= 0) {
        return rank;
      }
      name = name.substring(0, name.lastIndexOf('.'));
    }
    return -1;
  }
}
