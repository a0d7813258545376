// From which divergence a question is flagged, in hundredths of a percent.
import * as z from 'zod/mini';
import { says } from '../input-problem.ts';

export const thresholdSchema = z
  .int()
  .check(z.minimum(0, says('percentage')), z.maximum(10_000, says('percentage')));
