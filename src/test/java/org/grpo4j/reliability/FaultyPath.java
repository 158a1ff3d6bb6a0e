package org.grpo4j.reliability;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** A path of {@link FaultyFileSystem}: a real one that remembers where it belongs. */
record FaultyPath(FaultyFileSystem files, Path real) implements InvocationHandler {

  static Path wrap(FaultyFileSystem files, Path real) {
    return (Path)
        Proxy.newProxyInstance(
            FaultyPath.class.getClassLoader(),
            new Class<?>[] {Path.class},
            new FaultyPath(files, real));
  }

  /** The real path of either kind. */
  static Path real(Path path) {
    return Proxy.isProxyClass(path.getClass())
            && Proxy.getInvocationHandler(path) instanceof FaultyPath faulty
        ? faulty.real
        : path;
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    if (method.getName().equals("getFileSystem")) {
      return files;
    }
    Object[] reals = arguments == null ? new Object[0] : arguments.clone();
    for (int i = 0; i < reals.length; i++) {
      reals[i] = reals[i] instanceof Path path ? real(path) : reals[i];
    }
    try {
      return wrapped(method.invoke(real, reals));
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private Object wrapped(Object result) {
    if (result instanceof Path path) {
      return wrap(files, path);
    }
    if (result instanceof Iterator<?> names) {
      List<Path> all = new ArrayList<>();
      names.forEachRemaining(name -> all.add(wrap(files, (Path) name)));
      return all.iterator();
    }
    return result;
  }
}
