import { z } from 'zod';

/** The input of a route that takes none: any parameter is a 400. */
export const Nothing = z.strictObject({});
