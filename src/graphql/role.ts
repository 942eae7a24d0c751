import type { Role } from '../domain/access.ts';
import { enumType } from './builder.ts';

export const RoleType = enumType<Role>('Role', 'What somebody may do; each may do all that those before it may.', {
  VIEWER: 'Look.',
  OPERATOR: 'Also write values, run jobs and acknowledge alerts.',
  ADMIN: 'Also change everything else.',
});
