import Link from '@cloudscape-design/components/link';
import { recordHref } from './recordHref';

/** Lists audit records with links to their pages. */
export function RecordLinks({ datasetIds }: { datasetIds: string[] }) {
  return (
    <ul className="links">
      {datasetIds.map((datasetId) => (
        <li key={datasetId}>
          <Link href={recordHref(datasetId)}>{datasetId}</Link>
        </li>
      ))}
    </ul>
  );
}
