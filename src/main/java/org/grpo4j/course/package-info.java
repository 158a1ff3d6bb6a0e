/**
 * Coursework: labs that are made from the library's own sources and solved by classes that stand
 * before the library's on the class path.
 *
 * <p>Reading order: {@link org.grpo4j.course.Lab} (an exercise, read from its page), {@link
 * org.grpo4j.course.LabProject} (what a student starts with) and {@link org.grpo4j.course.CoreJar}
 * (the library in it). What is made from sources is in {@code source}. Then {@link
 * org.grpo4j.course.Examiner} (what a project is worth, by {@code sandbox} and {@code judge}),
 * {@link org.grpo4j.course.Grading} (many of them) and {@link org.grpo4j.course.GradeFiles}.
 *
 * <p><b>To add a lab</b>, write a page in {@code docs/course/labs} with front matter like the
 * others', for each file of {@code stubs} a visible test below {@code project/tests} of the
 * resources, and for what else a student gets a line in {@link org.grpo4j.course.LabProject}. A lab
 * that is not about pieces of the library needs an {@link org.grpo4j.course.Examiner} of its own.
 */
@NullMarked
package org.grpo4j.course;

import org.jspecify.annotations.NullMarked;
