import { z } from 'zod';

// Numbers and booleans arrive as numbers or as strings, by the last internal use of the value (api-contract 1.3).

/** A number, also as text. */
export const lenientNumber = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d+(?:\.\d+)?$/)
    .transform(Number),
]);

/** True for 1, "1" and true; false for 0, "0", "", null and when it is missing. */
export const lenientFlag = z
  .unknown()
  .optional()
  .transform((value) => value === true || value === 1 || value === '1');

/** Text, also when it arrives as a number; null when it is missing or empty. */
export const lenientText = z
  .union([z.string(), z.number().transform(String)])
  .nullish()
  .transform((value) => value || null);
