import i18next from 'i18next';
import type { Scheme } from '../api/types';
import { displayName } from '../people/people';
import { findChanges, type Change } from '../workflows/changes';

interface Part {
  path: string[];
  /** What has to differ for a change: a person's new name is none. */
  identity: string;
  text: string;
}

/** Return what a version of a scheme consists of, by keys that stay the same in the next version. */
function partsOf({ name, steps }: Scheme): Map<string, Part> {
  const fields = i18next.t('admin:fields', { returnObjects: true });
  const parts = new Map<string, Part>([['name', { path: [fields.name], identity: name, text: name }]]);
  for (const { stepId, name: stepName, approvers } of steps) {
    const step = i18next.t('admin:scheme.step', { name: stepName });
    parts.set(`${stepId} name`, { path: [step, fields.name], identity: stepName, text: stepName });
    for (const person of approvers.users) {
      const { userId } = person;
      parts.set(`${stepId} user ${userId}`, {
        path: [step, fields.people],
        identity: userId,
        text: displayName(person),
      });
    }
    for (const group of approvers.groups) {
      parts.set(`${stepId} group ${group}`, { path: [step, fields.groups], identity: group, text: group });
    }
  }
  return parts;
}

const identities = (parts: Map<string, Part>) =>
  Object.fromEntries([...parts].map(([key, { identity }]) => [key, identity]));

/** Return what differs between two versions of a scheme, with names instead of IDs. */
export function findSchemeChanges(before: Scheme, after: Scheme): Change[] {
  const [old, current] = [partsOf(before), partsOf(after)];
  return findChanges(identities(old), identities(current)).map(({ kind, path }) => {
    const key = String(path[0]);
    const [oldPart, part] = [old.get(key), current.get(key)];
    return {
      kind,
      path: (part ?? oldPart)?.path ?? path,
      ...(oldPart && { before: oldPart.text }),
      ...(part && { after: part.text }),
    };
  });
}
