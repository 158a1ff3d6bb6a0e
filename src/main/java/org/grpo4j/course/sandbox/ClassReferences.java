package org.grpo4j.course.sandbox;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Everything that a class refers to, read from its constant pool: an instruction can name nothing
 * that is not there, whatever kind of instruction it is.
 */
final class ClassReferences {

  private static final int CLASS = 7;
  private static final int FIELD = 9;
  private static final int METHOD = 10;
  private static final int INTERFACE_METHOD = 11;
  private static final int METHOD_TYPE = 16;

  /**
   * A class, or a member of a class.
   *
   * @param owner the class, such as {@code java/lang/Math}; for arrays that of the elements
   * @param member the field or method; empty for the class itself
   * @param types the other classes that the member's descriptor names
   */
  record Reference(String owner, String member, Set<String> types) {

    Reference {
      types = Set.copyOf(types);
    }

    /** As Java writes it. */
    @Override
    public String toString() {
      String name = owner.replace('/', '.').replace('$', '.');
      return member.isEmpty()
          ? name
          : member.equals("<init>") ? "new " + name : name + "." + member;
    }
  }

  private final ClassReader reader;
  private final Places places = new Places();

  ClassReferences(ClassReader reader) {
    this.reader = reader;
    reader.accept(places, ClassReader.SKIP_FRAMES);
  }

  /** The references in the order of the constant pool, members before bare classes. */
  List<Reference> all() {
    Set<Reference> members = new LinkedHashSet<>();
    Set<Reference> classes = new LinkedHashSet<>();
    char[] buffer = new char[reader.getMaxStringLength()];
    for (int index = 1; index < reader.getItemCount(); index++) {
      int at = reader.getItem(index);
      if (at == 0) {
        continue; // the second half of a long or a double
      }
      switch (reader.readByte(at - 1)) {
        case CLASS ->
            classes.add(of(Type.getObjectType(reader.readUTF8(at, buffer)), "", Set.of()));
        case METHOD_TYPE -> {
          for (String type : typesOf(reader.readUTF8(at, buffer))) {
            classes.add(new Reference(type, "", Set.of()));
          }
        }
        case FIELD, METHOD, INTERFACE_METHOD -> {
          int nameAndType = reader.getItem(reader.readUnsignedShort(at + 2));
          String name = reader.readUTF8(nameAndType, buffer);
          String descriptor = reader.readUTF8(nameAndType + 2, buffer);
          members.add(
              of(Type.getObjectType(reader.readClass(at, buffer)), name, typesOf(descriptor)));
        }
        default -> {}
      }
    }
    List<Reference> all = new ArrayList<>(members);
    all.addAll(classes);
    return all;
  }

  private static Reference of(Type type, String member, Set<String> types) {
    Type element = type.getSort() == Type.ARRAY ? type.getElementType() : type;
    String owner =
        element.getSort() == Type.OBJECT ? element.getInternalName() : "java/lang/Object";
    return new Reference(owner, type.getSort() == Type.ARRAY ? "" : member, types);
  }

  private static Set<String> typesOf(String descriptor) {
    Type whole = Type.getType(descriptor);
    List<Type> types = new ArrayList<>(List.of(whole));
    if (whole.getSort() == Type.METHOD) {
      types = new ArrayList<>(List.of(whole.getArgumentTypes()));
      types.add(whole.getReturnType());
    }
    Set<String> names = new TreeSet<>();
    for (Type type : types) {
      Type element = type.getSort() == Type.ARRAY ? type.getElementType() : type;
      if (element.getSort() == Type.OBJECT) {
        names.add(element.getInternalName());
      }
    }
    return names;
  }

  /** The first native method. */
  Optional<String> nativeMethod() {
    return Optional.ofNullable(places.nativeMethod);
  }

  /** The file and line of a reference, such as {@code GroupRelativeAdvantage.java:41}. */
  String place(Reference reference) {
    @Nullable Integer line = places.lines.get(reference.owner() + "." + reference.member());
    return places.file + (line == null ? "" : ":" + line);
  }

  /** The class of the library with this name and its named member classes, at any depth. */
  static Set<String> withMembers(String name) {
    Set<String> names = new TreeSet<>(Set.of(name));
    try {
      ClassLoader loader = ClassReferences.class.getClassLoader();
      Class<?> real = Class.forName(name.replace('/', '.'), false, loader);
      for (Class<?> member : real.getDeclaredClasses()) {
        names.addAll(withMembers(member.getName().replace('.', '/')));
      }
    } catch (ClassNotFoundException e) {
      return names; // not one of the library's
    }
    return names;
  }

  /** The lines on which classes and members are first referred to. */
  private static final class Places extends ClassVisitor {

    private final Map<String, Integer> lines = new HashMap<>();
    private String file = "?";
    private @Nullable String nativeMethod;

    Places() {
      super(Opcodes.ASM9);
    }

    @Override
    public void visitSource(@Nullable String source, @Nullable String debug) {
      file = source == null ? "?" : source;
    }

    @Override
    public MethodVisitor visitMethod(
        int access,
        String name,
        String type,
        @Nullable String generic,
        String @Nullable [] thrown) {
      if (nativeMethod == null && (access & Opcodes.ACC_NATIVE) != 0) {
        nativeMethod = name;
      }
      return new MethodVisitor(Opcodes.ASM9) {
        private int line;

        @Override
        public void visitLineNumber(int number, Label start) {
          line = number;
        }

        @Override
        public void visitMethodInsn(int code, String owner, String name, String type, boolean i) {
          found(owner, name);
        }

        @Override
        public void visitFieldInsn(int code, String owner, String name, String type) {
          found(owner, name);
        }

        @Override
        public void visitTypeInsn(int code, String owner) {
          found(owner, "");
        }

        @Override
        public void visitInvokeDynamicInsn(
            String name, String type, Handle method, Object... arguments) {
          for (Object argument : arguments) {
            if (argument instanceof Handle handle) {
              found(handle.getOwner(), handle.getName());
            }
          }
        }

        @Override
        public void visitLdcInsn(Object value) {
          if (value instanceof Type type && type.getSort() == Type.OBJECT) {
            found(type.getInternalName(), "");
          }
        }

        private void found(String owner, String name) {
          if (line > 0) {
            lines.putIfAbsent(owner + "." + name, line);
          }
        }
      };
    }
  }
}
