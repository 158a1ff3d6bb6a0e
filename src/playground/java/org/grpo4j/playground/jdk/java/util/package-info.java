/** Small versions of classes of the JDK, with which the playground's engine runs in a browser. */
@NullMarked
package org.grpo4j.playground.jdk.java.util;

import org.jspecify.annotations.NullMarked;
