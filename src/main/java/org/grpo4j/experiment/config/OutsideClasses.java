package org.grpo4j.experiment.config;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The classes of the directories and jars that {@code --classpath} names. One is loaded only when
 * an experiment names it, {@code advantage: {class: my.Estimator}}, and only from there: no file
 * can make the program load a class of Java, of the library or of anywhere else.
 */
public final class OutsideClasses extends URLClassLoader {

  /** No class path. */
  public static final OutsideClasses NONE = new OutsideClasses(List.of(), new URL[0]);

  private final List<Path> entries;

  private OutsideClasses(List<Path> entries, URL[] urls) {
    super(urls, OutsideClasses.class.getClassLoader());
    this.entries = List.copyOf(entries);
  }

  /**
   * The classes of these directories and jars.
   *
   * @throws IllegalArgumentException if one of them is not there
   */
  public static OutsideClasses of(List<Path> entries) {
    List<Path> absolute = new ArrayList<>();
    List<URL> urls = new ArrayList<>();
    for (Path entry : entries) {
      boolean jar = Files.isRegularFile(entry) && entry.toString().endsWith(".jar");
      if (!jar && !Files.isDirectory(entry)) {
        throw new IllegalArgumentException(
            "--classpath: must be a directory of classes or a jar, "
                + (Files.exists(entry) ? "got the file " : "there is no ")
                + entry
                + "\n  Compile first, such as: javac -d DIR ...; several are given one by one.");
      }
      absolute.add(entry.toAbsolutePath().normalize());
      try {
        urls.add(entry.toUri().toURL());
      } catch (MalformedURLException e) {
        throw new IllegalArgumentException("--classpath: not a file name: " + entry, e);
      }
    }
    return entries.isEmpty() ? NONE : new OutsideClasses(absolute, urls.toArray(new URL[0]));
  }

  /** The directories where classes are looked for, absolute. */
  public List<Path> entries() {
    return entries;
  }

  /** Whether {@code type} was loaded from a class path of a user. */
  public static boolean isOutside(Class<?> type) {
    return type.getClassLoader() instanceof OutsideClasses;
  }

  /** The directories where {@code type} and its like were looked for. */
  public static List<Path> entries(Class<?> type) {
    return type.getClassLoader() instanceof OutsideClasses outside ? outside.entries : List.of();
  }

  /** The class called {@code name}, if it is one of {@code family} that can be made. */
  ScalarReader.Result find(String name, Class<?> family) {
    if (entries.isEmpty()) {
      return ScalarReader.Result.wrong(
          "a class from outside is loaded only from a --classpath, and none was given for " + name,
          "Give it: --classpath DIR, the directory or jar with that class.");
    }
    String where = String.join(", ", entries.stream().map(Path::toString).toList());
    if (name.contains("/") || findResource(file(name)) == null) {
      return ScalarReader.Result.wrong(
          "there is no class " + name + " in the class path " + where,
          "Give its full name, package included, and the directory that holds the packages.");
    }
    try {
      Class<?> type = Class.forName(name, false, this);
      if (!isOutside(type)) {
        return ScalarReader.Result.wrong(
            name + " is a class of grpo4j or Java itself, not one from outside",
            "Choose it by its kind, or give your class another name.");
      }
      boolean usable =
          Modifier.isPublic(type.getModifiers()) && !Modifier.isAbstract(type.getModifiers());
      return usable && family.isAssignableFrom(type)
          ? ScalarReader.Result.of(type)
          : ScalarReader.Result.wrong(
              "must be a public class that implements " + family.getName() + ", got " + name,
              "The page docs/extending.md shows one.");
    } catch (ClassNotFoundException | LinkageError e) {
      return ScalarReader.Result.wrong(
          name + " cannot be loaded: " + e, "Compile it anew against this version, on Java 17.");
    }
  }

  /**
   * SHA-256 of the class file of {@code type} and of those it refers to, as far as they are from
   * outside too.
   */
  public static String sha256(Class<?> type) {
    OutsideClasses loader = (OutsideClasses) type.getClassLoader();
    TreeMap<String, byte[]> files = new TreeMap<>();
    Deque<String> names = new ArrayDeque<>(List.of(file(type.getName())));
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      while (!names.isEmpty()) {
        String name = names.remove();
        URL found = files.containsKey(name) ? null : loader.findResource(name);
        if (found != null) {
          try (InputStream stream = found.openStream()) {
            files.put(name, stream.readAllBytes());
          }
          names.addAll(references(files.get(name)));
        }
      }
      files.values().forEach(digest::update);
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the class files of " + type.getName(), e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The files of the classes in the constant pool of a class file (JVM specification, 4.4). */
  private static Collection<String> references(byte[] classFile) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(classFile));
    in.skipNBytes(8); // magic number and version
    int size = in.readUnsignedShort();
    String[] texts = new String[size];
    List<Integer> classes = new ArrayList<>();
    for (int i = 1; i < size; i++) {
      int tag = in.readUnsignedByte();
      switch (tag) {
        case 1 -> texts[i] = in.readUTF();
        case 7 -> classes.add(in.readUnsignedShort());
        case 5, 6 -> {
          in.skipNBytes(8);
          i++; // a long or a double takes two places
        }
        case 8, 16, 19, 20 -> in.skipNBytes(2);
        case 15 -> in.skipNBytes(3);
        default -> in.skipNBytes(4);
      }
    }
    TreeSet<String> files = new TreeSet<>();
    classes.forEach(index -> files.add(texts[index].replaceAll("^\\[+L|;$", "") + ".class"));
    return files;
  }

  private static String file(String className) {
    return className.replace('.', '/') + ".class";
  }
}
