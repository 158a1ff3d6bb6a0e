package org.grpo4j.course.judge;

/**
 * A question of a lab: answered right in all cases or not.
 *
 * @param lab number of the lab
 * @param title a few words
 * @param points what it is worth
 * @param equation number of the equation that it asks for; 0 for none
 */
public record Question(int lab, String title, int points, int equation) {}
