package org.grpo4j.course.sandbox;

import java.util.Map;
import java.util.Set;
import org.grpo4j.course.sandbox.ClassReferences.Reference;
import org.grpo4j.course.sandbox.SubmissionException.Kind;
import org.objectweb.asm.ClassReader;

/**
 * The look at compiled classes before they run: they may refer to what is in the list of allowed
 * names and to nothing else, define only classes of their own and those of the lab's files, and
 * leave none of these out (the library's would be found in its stead, and get the points).
 *
 * <p>Java needs reflection, a class loader or native code to reach what its classes do not name,
 * and the list holds none of these.
 *
 * @param allowed the names
 * @param stubs the lab's files
 */
record ClassGate(AllowList allowed, Set<String> stubs) {

  /** The gate of a lab with these files. */
  static ClassGate ofLab(Set<String> stubs) {
    return new ClassGate(AllowList.standard(), stubs);
  }

  /** The gate of tests, which may refer to JUnit's annotations and assertions too. */
  static ClassGate ofTests() {
    return new ClassGate(AllowList.ofTests(), Set.of());
  }

  /** Whether the library or one of its own has a class of this name. */
  private static boolean isOfLibrary(String name) {
    return ClassGate.class.getClassLoader().getResource(name + ".class") != null;
  }

  /**
   * Checks.
   *
   * @param classes all classes of a submission by their name, such as {@code a/b/Mean$Of}
   * @throws SubmissionException with the first that is not in order
   */
  void check(Map<String, byte[]> classes) {
    classes.keySet().forEach(this::checkName);
    for (String stub : stubs) {
      checkComplete(stub.substring(0, stub.length() - ".java".length()), classes.keySet());
    }
    classes.values().forEach(bytes -> checkReferences(new ClassReader(bytes), classes.keySet()));
  }

  private void checkName(String name) {
    String outermost = name.replaceFirst("(?<=[^/])\\$.*", "");
    if (stubs.contains(outermost + ".java")) {
      return;
    }
    if (isOfLibrary(name) || isOfLibrary(outermost)) {
      throw refused(
          "defines %s, which is a class of the library and not one to be written in this lab"
              .formatted(name.replace('/', '.')));
    }
    String directory = name.substring(0, name.lastIndexOf('/') + 1);
    if (directory.startsWith("org/grpo4j/")
        && stubs.stream().noneMatch(stub -> packageOf(stub).equals(directory))) {
      throw refused(
          "defines %s: classes of your own go where the lab's files are or outside org.grpo4j"
              .formatted(name.replace('/', '.')));
    }
  }

  private static String packageOf(String file) {
    return file.substring(0, file.lastIndexOf('/') + 1);
  }

  /** Every named class of the library's file is in the submission's, too. */
  private void checkComplete(String stub, Set<String> own) {
    for (String name : ClassReferences.withMembers(stub)) {
      if (!own.contains(name)) {
        throw new SubmissionException(
            Kind.INCOMPLETE,
            "%s.java does not define %s"
                .formatted(stub, name.substring(name.lastIndexOf('/') + 1).replace('$', '.')));
      }
    }
  }

  private void checkReferences(ClassReader reader, Set<String> own) {
    ClassReferences references = new ClassReferences(reader);
    for (Reference reference : references.all()) {
      if (!own.contains(reference.owner()) && !allowed.allows(reference)) {
        throw refused(
            "refers to %s, which no lab needs (%s)"
                .formatted(reference, references.place(reference)));
      }
      for (String type : reference.types()) {
        if (!own.contains(type) && !allowed.allowsType(type)) {
          throw refused(
              "refers to %s by way of %s, which no lab needs (%s)"
                  .formatted(type.replace('/', '.'), reference, references.place(reference)));
        }
      }
    }
    references
        .nativeMethod()
        .ifPresent(
            method -> {
              throw refused("declares the native method %s".formatted(method));
            });
  }

  private static SubmissionException refused(String sentence) {
    return new SubmissionException(Kind.REFUSED, sentence);
  }
}
