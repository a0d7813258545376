// The status on the wire, in a file of its own: several views need it.
import { sessionStatuses } from '@attune/domain';
import * as z from 'zod/mini';

export const sessionStatusSchema = z.enum(sessionStatuses);
