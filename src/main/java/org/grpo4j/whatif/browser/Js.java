package org.grpo4j.whatif.browser;

import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;

/** The few operations on JavaScript values that are needed here. */
public final class Js {

  private Js() {}

  /** The property of that name, {@code undefined} if there is none. */
  @JSBody(
      params = {"object", "name"},
      script = "return object[name];")
  public static native @Nullable JSObject get(JSObject object, String name);

  /** An entry of an array. */
  @JSBody(
      params = {"array", "index"},
      script = "return array[index];")
  public static native @Nullable JSObject at(JSObject array, int index);

  /** The number of entries of an array. */
  @JSBody(params = "array", script = "return array.length;")
  public static native int length(JSObject array);

  /** True for {@code null} and {@code undefined}. */
  @JSBody(params = "value", script = "return value === null || value === undefined;")
  public static native boolean isMissing(@Nullable JSObject value);

  /** {@code array}, or what {@code typeof} says. */
  @JSBody(
      params = "value",
      script =
          "return value === null ? 'null'"
              + " : Array.isArray(value) || ArrayBuffer.isView(value) ? 'array' : typeof value;")
  public static native String typeOf(@Nullable JSObject value);

  /** The value as a number; only for those whose type is number. */
  @JSBody(params = "value", script = "return value;")
  public static native double toNumber(@Nullable JSObject value);

  /** The value as text, whatever it is. */
  @JSBody(params = "value", script = "return String(value);")
  public static native String toText(@Nullable JSObject value);

  /** The names of the properties of an object. */
  @JSBody(params = "object", script = "return Object.keys(object);")
  public static native String[] names(JSObject object);

  /** An empty object. */
  @JSBody(script = "return {};")
  public static native JSObject object();

  /** An empty array. */
  @JSBody(script = "return [];")
  public static native JSObject array();

  /** {@code null}. */
  @JSBody(script = "return null;")
  public static native @Nullable JSObject nothing();

  /** A number. */
  @JSBody(params = "value", script = "return value;")
  public static native JSObject of(double value);

  /** A text. */
  @JSBody(params = "value", script = "return value;")
  public static native JSObject of(String value);

  /** True or false. */
  @JSBody(params = "value", script = "return !!value;")
  public static native JSObject of(boolean value);

  /** Sets a property. */
  @JSBody(
      params = {"object", "name", "value"},
      script = "object[name] = value;")
  public static native void set(JSObject object, String name, @Nullable JSObject value);

  /** Appends an entry. */
  @JSBody(
      params = {"array", "value"},
      script = "array.push(value);")
  public static native void push(JSObject array, @Nullable JSObject value);
}
