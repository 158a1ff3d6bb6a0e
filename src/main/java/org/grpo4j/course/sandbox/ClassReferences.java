package org.grpo4j.course.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
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

  ClassReferences(ClassReader reader) {
    this.reader = reader;
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
    List<Type> types = new ArrayList<>();
    if (descriptor.startsWith("(")) {
      types.addAll(List.of(Type.getArgumentTypes(descriptor)));
      types.add(Type.getReturnType(descriptor));
    } else {
      types.add(Type.getType(descriptor));
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
    List<String> found = new ArrayList<>();
    reader.accept(
        new ClassVisitor(Opcodes.ASM9) {
          @Override
          public @Nullable MethodVisitor visitMethod(
              int access,
              String name,
              String type,
              @Nullable String generic,
              String @Nullable [] thrown) {
            if ((access & Opcodes.ACC_NATIVE) != 0) {
              found.add(name);
            }
            return null;
          }
        },
        ClassReader.SKIP_CODE);
    return found.stream().findFirst();
  }

  /** The file and line of a reference, such as {@code GroupRelativeAdvantage.java:41}. */
  String place(Reference reference) {
    Place place = new Place(reference);
    reader.accept(place, ClassReader.SKIP_FRAMES);
    return place.file + (place.line > 0 ? ":" + place.line : "");
  }

  /** The class of the library with this name and its named member classes, at any depth. */
  static Set<String> withMembers(String name) {
    Set<String> names = new TreeSet<>();
    try (InputStream in =
        ClassReferences.class.getClassLoader().getResourceAsStream(name + ".class")) {
      names.add(name);
      if (in != null) {
        new ClassReader(in)
            .accept(
                new ClassVisitor(Opcodes.ASM9) {
                  @Override
                  public void visitInnerClass(
                      String inner, @Nullable String outer, @Nullable String simple, int access) {
                    if (name.equals(outer)) {
                      names.addAll(withMembers(inner));
                    }
                  }
                },
                ClassReader.SKIP_CODE);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read class " + name, e);
    }
    return names;
  }

  /** Looks for the line of a reference. */
  private static final class Place extends ClassVisitor {

    private final Reference wanted;
    private String file = "?";
    private int line;

    Place(Reference wanted) {
      super(Opcodes.ASM9);
      this.wanted = wanted;
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
      return new MethodVisitor(Opcodes.ASM9) {
        private int current;

        @Override
        public void visitLineNumber(int number, Label start) {
          current = number;
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
          if (line == 0 && owner.equals(wanted.owner()) && name.equals(wanted.member())) {
            line = current;
          }
        }
      };
    }
  }
}
