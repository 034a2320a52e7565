import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { factsOf, titleOf } from '../run/document-facts';
import { type Doc, type Documents, SHOWN, type Shown } from '../run/moment';
import { useLabWords } from '../words/use-lab-words';

/** Documents of a kind that are listed before the rest is counted. */
const LISTED = 40;

const CHANGED = {
  bgcolor: 'rgba(244, 184, 96, 0.32)',
  borderRadius: 0.5,
  px: 0.5,
  fontWeight: 650,
} as const;

/** The documents of one side, by kind; what this step changed is marked. */
export function DocumentGroups(props: {
  now: Documents;
  before: Documents | undefined;
  first: Documents | undefined;
}) {
  const words = useLabWords();
  const { now, before, first } = props;
  return SHOWN.filter((name) => now[name].length > 0).map((name) => (
    <Box key={name} sx={{ mb: 1 }}>
      <Typography sx={{ fontSize: 13, fontWeight: 650, color: 'text.secondary' }}>
        {words.collections[name]}
      </Typography>
      {ordered(now[name], before?.[name]).map((document) => (
        <DocumentRow
          key={document.id}
          collection={name}
          document={document}
          documents={now}
          before={before?.[name].find(({ id }) => id === document.id)}
          first={first?.[name].find(({ id }) => id === document.id)}
          isNew={before !== undefined && !before[name].some(({ id }) => id === document.id)}
        />
      ))}
      {now[name].length > LISTED && (
        <Typography color="textSecondary" sx={{ fontSize: 13 }}>
          {words.more(now[name].length - LISTED)}
        </Typography>
      )}
    </Box>
  ));
}

/** Where there are many, what is new or pending comes first: it is what somebody looks for. */
function ordered(now: readonly Doc[], before: readonly Doc[] | undefined): readonly Doc[] {
  if (now.length <= LISTED) return now;
  const known = new Map(before?.map((document) => [document.id, document['edit']]));
  const isNews = (document: Doc): boolean =>
    document['pending'] === 1 || known.get(document.id) !== document['edit'];
  return [...now.filter(isNews), ...now.filter((document) => !isNews(document))].slice(0, LISTED);
}

function DocumentRow(props: {
  collection: Shown;
  document: Doc;
  documents: Documents;
  before: Doc | undefined;
  first: Doc | undefined;
  isNew: boolean;
}) {
  const words = useLabWords();
  const { collection, document, documents, before, first, isNew } = props;
  const isPending = document['pending'] === 1;
  return (
    <Box
      sx={{
        display: 'flex',
        alignItems: 'baseline',
        flexWrap: 'wrap',
        columnGap: 0.75,
        fontSize: 14.5,
        lineHeight: 1.5,
      }}
    >
      {isPending && (
        <Box
          component="span"
          role="img"
          aria-label={words.pending}
          title={words.pending}
          sx={{
            width: 8,
            height: 8,
            borderRadius: '50%',
            bgcolor: 'warning.main',
            alignSelf: 'center',
          }}
        />
      )}
      <Box component="strong" sx={isNew ? CHANGED : { fontWeight: 600 }}>
        {titleOf(collection, document, { documents, words })}
      </Box>
      {factsOf(collection, { now: document, before, first }, words).map(
        ({ field, text, isChanged }) => (
          <Box
            key={field}
            component={isChanged ? 'mark' : 'span'}
            title={isChanged ? words.changed : undefined}
            sx={{ color: 'inherit', bgcolor: 'transparent', ...(isChanged && CHANGED) }}
          >
            {LABELLED.has(field) ? `${words.fields[field] ?? field}: ${text}` : text}
          </Box>
        ),
      )}
      {'ver' in document && !isPending && (
        <Box component="span" sx={{ ml: 'auto', fontSize: 12.5, color: 'text.secondary' }}>
          v{String(document['ver'])}
        </Box>
      )}
    </Box>
  );
}

/** Fields that do not speak for themselves. */
const LABELLED: ReadonlySet<string> = new Set([
  ...['notes', 'description', 'name', 'phone', 'email', 'address', 'active', 'taxCode', 'unit'],
  ...['flags'],
]);
