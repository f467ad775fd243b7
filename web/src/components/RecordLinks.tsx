import Link from '@cloudscape-design/components/link';

/** Lists audit records with links to their pages. */
export function RecordLinks({ datasetIds }: { datasetIds: string[] }) {
  return (
    <ul className="links">
      {datasetIds.map((datasetId) => (
        <li key={datasetId}>
          <Link href={`#/audit/${datasetId}`}>{datasetId}</Link>
        </li>
      ))}
    </ul>
  );
}
