import type { VerifiableRecord } from '../api/types';
import type { FakeLog } from './fakeLog';

type Handlers = Record<string, (request: Request) => Response | Promise<Response>>;

/**
 * Handlers for `stubApi`: the audit service with this log.
 *
 * @param records The records of the workflow.
 * @param others Records without a workflow.
 */
export function proofHandlers(
  log: FakeLog,
  records: VerifiableRecord[],
  others: VerifiableRecord[] = [],
): Handlers {
  const evidence = records.map(({ datasetId, hash, canonical }) => ({ datasetId, hash, ...canonical }));
  const handlers: Handlers = {
    'GET /workflows/w-1/evidence': () =>
      Response.json({
        records: evidence,
        proofs: [],
        manifests: [],
        erasures: [],
        checkpoint: null,
        cursor: null,
      }),
    'GET /audit-trail/public-key': () => Response.json(log.publicKey),
    'GET /audit-trail/checkpoint': async () => Response.json(await log.checkpoint()),
    'GET /audit-trail/consistency': async ({ url }) => {
      const { searchParams } = new URL(url);
      const [from, to] = [Number(searchParams.get('from')), Number(searchParams.get('to'))];
      return Response.json({ from, to, proof: await log.consistency(from, to) });
    },
  };
  for (const record of [...records, ...others]) {
    const path = `GET /audit-trail/${record.datasetId}`;
    handlers[path] = () => Response.json(record);
    handlers[`${path}/proof`] = async () => Response.json(await log.proofOf(record.datasetId));
  }
  return handlers;
}

/** Change the body of a response before the console gets it. */
export function tamper(handlers: Handlers, name: string, change: (body: string) => string): Handlers {
  const original = handlers[name];
  if (!original) throw new Error(`No handler: ${name}`);
  return {
    ...handlers,
    [name]: async (request) => {
      const response = await original(request);
      const body = await response.text();
      const changed = change(body);
      if (changed === body) throw new Error('Nothing was changed.');
      return new Response(changed, { headers: { 'content-type': 'application/json' } });
    },
  };
}
