import {
  Button,
  Card,
  Disclosure,
  Dots,
  EmptyState,
  FilterLinks,
  Label,
  LinkButton,
  Notice,
  Pager,
  PosterLink,
  Progress,
  StatusChip,
  Tag,
  TimeAgo,
} from "../index.ts";

const EARLIER = "2026-11-22T12:00:00Z";

export function PosterSamples() {
  return (
    <section className="stack">
      <p className="lede">Free. No ID. You choose what to share.</p>
      <div className="split">
        <PosterLink look="ask" href="#ask" title="I need help" icon="hand">
          Ask for food, a ride, a blanket, or more. About 1 minute.
        </PosterLink>
        <PosterLink look="offer" href="#offer" title="I can help" icon="soup">
          Give time, things, or a ride.
        </PosterLink>
      </div>
    </section>
  );
}

export function CardSamples() {
  return (
    <section className="stack">
      <h2>Cards</h2>
      <FilterLinks
        label="Filters"
        items={[
          { href: "#f1", text: "Food", pressed: true },
          { href: "#f2", text: "Rides" },
          { href: "#f3", text: "Today" },
          { href: "#f4", text: "No car needed" },
        ]}
      />
      <div className="cards">
        <Card
          look="ask"
          href="#card-1"
          level={3}
          title="Groceries for a family of 4"
          tags={[
            <Label key="k" look="ask" icon="soup">
              Need
            </Label>,
            <Tag key="u" look="wait" icon="clock">
              Needed today
            </Tag>,
          ]}
          meta={
            <Dots
              items={[
                "Maple Park",
                "about 0.8 mi",
                <TimeAgo key="t" at={EARLIER}>
                  5 hours ago
                </TimeAgo>,
              ]}
            />
          }
          footer={<Button wide>I can do this</Button>}
        >
          <Progress value={12} max={40}>
            12 of 40 meals covered
          </Progress>
        </Card>
        <Card
          look="offer"
          href="#card-2"
          level={3}
          title="Twenty wool blankets, washed"
          tags={[
            <Label key="k" look="offer" icon="shirt">
              Offer
            </Label>,
            <StatusChip key="s" status="open">
              Open
            </StatusChip>,
          ]}
          meta={<Dots items={["North Hill", "until Friday"]} />}
          footer={
            <LinkButton href="#want" look="plain">
              We could use this
            </LinkButton>
          }
        />
        <Card
          look="quiet"
          level={3}
          title="Ride to a clinic and back"
          tags={<StatusChip status="done">Done</StatusChip>}
          meta="Last week"
        />
      </div>
      <Pager label="More cards" previous={{ href: "#p1", text: "Newer" }} next={{ href: "#p3", text: "Show 20 more" }}>
        Page 2
      </Pager>
    </section>
  );
}

const STATUSES = [
  ["open", "Open"],
  ["part", "Partly covered"],
  ["taken", "Covered"],
  ["moving", "On the way"],
  ["done", "Done"],
  ["back", "Handed back"],
  ["wait", "Waiting for you"],
  ["late", "Late"],
  ["stop", "Could not"],
  ["gone", "Expired"],
] as const;

export function NoticeSamples() {
  return (
    <section className="stack">
      <h2>Where things stand</h2>
      <div className="tags">
        {STATUSES.map(([status, word]) => (
          <StatusChip key={status} status={status}>
            {word}
          </StatusChip>
        ))}
      </div>
      <Notice title="Maria is on her way.">She hopes to be there at 6 pm.</Notice>
      <Notice look="done" role="status">
        We told Ana that you are coming.
      </Notice>
      <Notice look="wait" title="You said 6 pm.">
        Still good? If not, hand it back; that is fine.
      </Notice>
      <Notice look="stop" title="We could not send this yet.">
        Your words are safe. Try again.
      </Notice>
      <EmptyState
        title="All caught up"
        action={
          <LinkButton href="#offer" look="offer">
            Offer something
          </LinkButton>
        }
      >
        <p>Nobody is waiting here right now.</p>
      </EmptyState>
      <Disclosure summary="How we keep you safe">
        <p>Your number is never shown to anyone on this site.</p>
      </Disclosure>
    </section>
  );
}
