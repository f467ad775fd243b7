import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import { EmptyState } from '../components/EmptyState';
import { Timestamp } from '../components/Timestamp';
import { usePublicKey } from '../proof/queries';
import type { Cosignature } from '../proof/signedNote';
import type { CheckedCheckpoint } from '../proof/trustedLog';
import type { Integrity } from '../api/types';
import { useCosignatures } from './queries';

interface Props {
  /** The newest checkpoint that each witness has cosigned, as the service says. */
  witnesses: Integrity['witnesses'];
  /** The newest checkpoint after the checks of the browser. */
  checked: CheckedCheckpoint | undefined;
}

/** A table of the configured witnesses, and whether they have cosigned the newest checkpoint. */
export function WitnessTable({ witnesses, checked }: Props) {
  const publicKey = usePublicKey();
  const cosignatures = useCosignatures(checked, publicKey.data?.witnesses);
  const header = (
    <Header
      variant="h2"
      description="Outside parties that check that the log only grows, and cosign its checkpoints"
    >
      Witnesses
    </Header>
  );
  const names = [...new Set([...(cosignatures.data ?? []), ...witnesses].map(({ name }) => name))];
  if (names.length === 0) {
    return (
      <Container header={header}>
        <EmptyState title="No witnesses">
          An outside party can run countersign-verify witness. Its key is configured with Terraform.
        </EmptyState>
      </Container>
    );
  }
  const items = names.map((name) => ({
    name,
    newest: witnesses.find((witness) => witness.name === name),
    cosignature: cosignatures.data?.find((witness) => witness.name === name)?.cosignature,
  }));
  return (
    <Table
      items={items}
      wrapLines
      ariaLabels={{ tableLabel: 'Witnesses' }}
      header={header}
      columnDefinitions={[
        { id: 'name', header: 'Witness', isRowHeader: true, minWidth: 150, cell: ({ name }) => name },
        {
          id: 'newest',
          header: 'Newest cosigned checkpoint',
          minWidth: 180,
          cell: ({ newest }) =>
            newest ? (
              <>
                {newest.size} entries, <Timestamp at={newest.at} relative />
              </>
            ) : (
              '–'
            ),
        },
        {
          id: 'cosignature',
          header: 'Cosignature of the newest checkpoint',
          minWidth: 200,
          cell: ({ cosignature }) => <CosignatureState cosignature={cosignature} />,
        },
      ]}
    />
  );
}

function CosignatureState({ cosignature }: { cosignature: Cosignature | undefined }) {
  switch (cosignature?.state) {
    case undefined:
      return <>–</>;
    case 'valid':
      return <StatusIndicator type="success">Verified in this browser</StatusIndicator>;
    case 'invalid':
      return <StatusIndicator type="error">Not valid</StatusIndicator>;
    case 'missing':
      return <StatusIndicator type="pending">Not yet</StatusIndicator>;
    case 'not-checked':
      return <StatusIndicator type="info">Not checked: this browser doesn't support Ed25519</StatusIndicator>;
  }
}
