package org.grpo4j.course.sandbox;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.grpo4j.course.sandbox.ClassReferences.Reference;
import org.grpo4j.course.source.RealSource;

/**
 * The classes and members that a submission may refer to. One entry a line, a nested class with
 * {@code $}; the entry of a class decides before that of its package:
 *
 * <pre>
 * java.lang.Math                      a class with all its members
 * java.lang.System: out nanoTime      a class and these members only
 * java.lang.Integer: -getInteger      a class and all members but these
 * java.lang.invoke.CallSite:          a class as a type, without any member
 * java.util.stream.*                  all classes of a package
 * -java.util.stream.Foo               not this one
 * </pre>
 */
final class AllowList {

  private static final String ALLOWED = "sandbox/allowed.txt";
  private static final String ALLOWED_IN_TESTS = "sandbox/allowed-in-tests.txt";

  private final Map<String, Optional<Members>> entries = new HashMap<>();

  /**
   * The members of a class.
   *
   * @param names their names
   * @param areAllowed whether these are allowed or all others
   */
  private record Members(Set<String> names, boolean areAllowed) {

    Members {
      names = Set.copyOf(names);
    }

    boolean has(String member) {
      return member.isEmpty() || names.contains(member) == areAllowed;
    }
  }

  /** The list of this text. */
  AllowList(String text) {
    text.lines().map(line -> line.replaceFirst("#.*", "").strip()).forEach(this::add);
  }

  /** The list of all labs, the resource {@code allowed.txt}. */
  static AllowList standard() {
    return new AllowList(RealSource.resource(ALLOWED));
  }

  /** The same and what tests need besides, the resource {@code allowed-in-tests.txt}. */
  static AllowList ofTests() {
    return new AllowList(
        RealSource.resource(ALLOWED) + "\n" + RealSource.resource(ALLOWED_IN_TESTS));
  }

  private void add(String line) {
    if (line.isEmpty()) {
      return;
    }
    if (line.startsWith("-")) {
      entries.put(line.substring(1).replace('.', '/'), Optional.empty());
      return;
    }
    String[] parts = line.split(":", 2);
    String given = parts.length == 1 ? "-" : parts[1].strip();
    boolean areAllowed = !given.startsWith("-");
    Set<String> names = Set.of(given.replaceFirst("^-", "").strip().split("\\s+"));
    entries.put(parts[0].replace('.', '/'), Optional.of(new Members(names, areAllowed)));
  }

  /** Whether a class or a member is on the list. */
  boolean allows(Reference reference) {
    return members(reference.owner()).filter(one -> one.has(reference.member())).isPresent();
  }

  /** Whether a class may be named. */
  boolean allowsType(String name) {
    return members(name).isPresent();
  }

  private Optional<Members> members(String name) {
    Optional<Members> own = entries.get(name);
    if (own != null) {
      return own;
    }
    String inPackage = name.substring(0, name.lastIndexOf('/') + 1) + "*";
    return entries.getOrDefault(inPackage, Optional.empty());
  }
}
