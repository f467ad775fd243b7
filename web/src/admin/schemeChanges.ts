import i18next from 'i18next';
import type { Scheme } from '../api/types';
import type { Change } from '../components/changes';
import { displayName } from '../people/people';

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

/** Return what differs between two versions of a scheme, with names instead of IDs. */
export function findSchemeChanges(before: Scheme, after: Scheme): Change[] {
  const [old, current] = [partsOf(before), partsOf(after)];
  return [...new Set([...old.keys(), ...current.keys()])].flatMap((key): Change[] => {
    const [oldPart, part] = [old.get(key), current.get(key)];
    const path = (part ?? oldPart)?.path.join(' › ') ?? key;
    if (!oldPart) return [{ kind: 'added', path, after: part?.text }];
    if (!part) return [{ kind: 'removed', path, before: oldPart.text }];
    if (part.identity === oldPart.identity) return [];
    return [{ kind: 'changed', path, before: oldPart.text, after: part.text }];
  });
}
