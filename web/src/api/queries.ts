import { infiniteQueryOptions, keepPreviousData, queryOptions, skipToken } from "@tanstack/react-query";
import { tellTime } from "../live/clock";
import { get, keepToken } from "./client";
import { mergeStory } from "./story";
import type {
  Channel,
  Colleague,
  Conversation,
  CustomerView,
  DeadJobsPage,
  ErasurePreview,
  Found,
  FoundEntries,
  ImportsPage,
  Kept,
  Macro,
  Me,
  Mentions,
  OwnDraft,
  Presence,
  QuarantinePage,
  QueuePage,
  ReconciliationRow,
  Signature,
  StandingChoice,
  State,
  StoryPage,
  UndeliveredPage,
  View,
  Words,
} from "./types";

const FOREVER = Number.POSITIVE_INFINITY;

/** Who is signed in; null when nobody is. */
export const sessionQuery = queryOptions({
  queryKey: ["session"],
  staleTime: FOREVER,
  retry: false,
  queryFn: async (): Promise<Me | null> => {
    const me = await get<Me | null>("/api/session");
    if (me) keepToken(me.csrf);
    return me;
  },
});

export const channelsQuery = queryOptions({
  queryKey: ["channels"],
  staleTime: FOREVER,
  queryFn: () => get<Channel[]>("/api/channels"),
});

/** The queue, promise that breaks first on top; pages by keyset. */
export const queueQuery = (view: View, state: State) =>
  infiniteQueryOptions({
    queryKey: ["queue", view, state],
    staleTime: FOREVER,
    initialPageParam: "",
    placeholderData: keepPreviousData,
    getNextPageParam: (page: QueuePage) => page.next ?? undefined,
    queryFn: async ({ pageParam, signal }) => {
      const after = pageParam ? `&after=${encodeURIComponent(pageParam)}` : "";
      const page = await get<QueuePage>(`/api/queue?view=${view}&state=${state}&limit=50${after}`, signal);
      tellTime(page.now);
      return page;
    },
  });

export const conversationQuery = (id: string) =>
  queryOptions({
    queryKey: ["conversation", id],
    staleTime: FOREVER,
    queryFn: ({ signal }) => get<Conversation>(`/api/conversations/${id}`, signal),
  });

/** The whole customer in one request; earlier pages of the story already read are kept. */
export const customerQuery = (id: string) =>
  queryOptions({
    queryKey: ["customer", id],
    staleTime: FOREVER,
    queryFn: async ({ client, signal, queryKey }): Promise<CustomerView> => {
      const view = await get<CustomerView>(`/api/customers/${id}/view`, signal);
      const known = client.getQueryData<CustomerView>(queryKey);
      return { ...view, story: mergeStory(known?.story, view.story) };
    },
  });

/** How a customer chose to be reached. */
export const choicesQuery = (id: string) =>
  queryOptions({
    queryKey: ["choices", id],
    staleTime: 60_000,
    queryFn: ({ signal }) => get<StandingChoice>(`/api/customers/${id}/choices`, signal),
  });

/** What would go if a customer were erased, as it is now. */
export const erasureQuery = (id: string) =>
  queryOptions({
    queryKey: ["erasure", id],
    staleTime: 0,
    retry: false,
    queryFn: ({ signal }) => get<ErasurePreview>(`/api/customers/${id}/erasure`, signal),
  });

/** A part of the story on one side of a place, or around it. */
export const storyPart = (id: string, way: "before" | "after" | "around", cursor: string) =>
  get<StoryPage>(`/api/customers/${id}/story?${way}=${encodeURIComponent(cursor)}&limit=100`);

/** The part of the midst that is being read instead of the newest; forgotten when nobody reads it. */
export const placeQuery = (id: string) =>
  queryOptions<StoryPage | null>({ queryKey: ["place", id], queryFn: skipToken, gcTime: 0 });

/** Where words stand in a story, newest first. */
export const findQuery = (id: string, words: string) =>
  infiniteQueryOptions({
    queryKey: ["find", id, words],
    enabled: /[\p{L}\p{N}]/u.test(words),
    staleTime: 10_000,
    initialPageParam: "",
    getNextPageParam: (page: FoundEntries) => page.next ?? undefined,
    queryFn: ({ pageParam, signal }) => {
      const before = pageParam ? `&before=${encodeURIComponent(pageParam)}` : "";
      const asked = `q=${encodeURIComponent(words)}${before}`;
      return get<FoundEntries>(`/api/customers/${id}/story/search?${asked}`, signal);
    },
  });

/** All that was said, when the story holds only its beginning. */
export const textQuery = (id: string) =>
  queryOptions({
    queryKey: ["text", id],
    retry: false,
    staleTime: FOREVER,
    queryFn: ({ signal }) => get<Words>(`/api/interactions/${id}/text`, signal),
  });

/** One's own draft in a conversation, as the server keeps it. */
export const draftQuery = (id: string) =>
  queryOptions({
    queryKey: ["draft", id],
    staleTime: FOREVER,
    queryFn: ({ signal }) => get<Kept | null>(`/api/conversations/${id}/draft`, signal),
  });

/** All one's own drafts; asked for again when one is kept or sent. */
export const draftsQuery = queryOptions({
  queryKey: ["drafts"],
  staleTime: 60_000,
  queryFn: ({ signal }) => get<OwnDraft[]>("/api/drafts", signal),
});

export const colleaguesQuery = queryOptions({
  queryKey: ["colleagues"],
  staleTime: 300_000,
  queryFn: ({ signal }) => get<Colleague[]>("/api/colleagues", signal),
});

/** The newest notes that name us. */
export const mentionsQuery = queryOptions({
  queryKey: ["mentions"],
  staleTime: FOREVER,
  queryFn: ({ signal }) => get<Mentions>("/api/mentions?limit=20", signal),
});

/** Who has a conversation before them now. */
export const presenceQuery = (id: string) =>
  queryOptions({
    queryKey: ["presence", id],
    staleTime: FOREVER,
    queryFn: ({ signal }) => get<Presence[]>(`/api/conversations/${id}/presence`, signal),
  });

export const searchQuery = (words: string) =>
  queryOptions({
    queryKey: ["search", words],
    enabled: words.length > 1,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    queryFn: ({ signal }) => get<Found>(`/api/search?q=${encodeURIComponent(words)}`, signal),
  });

export const undeliveredQuery = infiniteQueryOptions({
  queryKey: ["undelivered"],
  initialPageParam: "",
  getNextPageParam: (page: UndeliveredPage) => page.next ?? undefined,
  queryFn: ({ pageParam, signal }) =>
    get<UndeliveredPage>(
      `/api/undelivered${pageParam ? `?after=${encodeURIComponent(pageParam)}` : ""}`,
      signal,
    ),
});

export const deadJobsQuery = infiniteQueryOptions({
  queryKey: ["deadJobs"],
  initialPageParam: "",
  getNextPageParam: (page: DeadJobsPage) => page.next ?? undefined,
  queryFn: ({ pageParam, signal }) =>
    get<DeadJobsPage>(`/api/jobs/dead${pageParam ? `?after=${encodeURIComponent(pageParam)}` : ""}`, signal),
});

export const reconciliationQuery = queryOptions({
  queryKey: ["reconciliation"],
  queryFn: ({ signal }) => get<ReconciliationRow[]>("/api/reconciliation?days=14", signal),
});

export const quarantineQuery = infiniteQueryOptions({
  queryKey: ["quarantine"],
  initialPageParam: "",
  getNextPageParam: (page: QuarantinePage) => page.next ?? undefined,
  queryFn: ({ pageParam, signal }) =>
    get<QuarantinePage>(
      `/api/quarantine${pageParam ? `?after=${encodeURIComponent(pageParam)}` : ""}`,
      signal,
    ),
});

/** What was moved in; asked for each second while something is on its way. */
export const importsQuery = queryOptions({
  queryKey: ["imports"],
  queryFn: ({ signal }) => get<ImportsPage>("/api/imports", signal),
  refetchInterval: ({ state }) =>
    state.data?.rows.some((row) => row.state === "waiting" || row.state === "running") ? 1000 : 15_000,
});

/** Words that are ready for a conversation. */
export const macrosQuery = (id: string) =>
  queryOptions({
    queryKey: ["macros", id],
    staleTime: 60_000,
    queryFn: ({ signal }) => get<Macro[]>(`/api/macros?conversation=${id}`, signal),
  });

/** What will stand under one's reply in a conversation. */
export const signatureQuery = (id: string) =>
  queryOptions({
    queryKey: ["signature", id],
    staleTime: 300_000,
    queryFn: ({ signal }) => get<Signature>(`/api/conversations/${id}/signature`, signal),
  });
