import {
  ColumnHead,
  DataTable,
  DescriptionList,
  Figure,
  Figures,
  Icon,
  Label,
  StatusChip,
  Steps,
  SummaryList,
  TearOff,
  Trail,
  UserText,
} from "../index.ts";

export function RecordSamples() {
  return (
    <section className="stack">
      <h2>Records</h2>
      <Steps current={3} total={4}>
        Step 3 of 4
      </Steps>
      <TearOff label="Your code is" code="4F2K">
        <span className="meta">Say it or text it: no need for your name.</span>
      </TearOff>
      <SummaryList
        rows={[
          { term: "What", value: "Hot meals, 40", change: { href: "#c1", text: "Change", full: "Change what" } },
          { term: "Where", value: "Maple Park", change: { href: "#c2", text: "Change", full: "Change where" } },
          {
            term: "Say more",
            value: "Not provided",
            change: { href: "#c3", text: "Change", full: "Change: say more" },
          },
        ]}
      />
      <DescriptionList
        items={[
          { term: "Phone", value: <bdi className="num">(555) 010-0199</bdi> },
          { term: "Door", value: "Blue gate, second floor" },
        ]}
      />
      <UserText>{"Two of us cannot climb stairs.\nمرحبا، نحتاج خبزا من فضلكم"}</UserText>
      <Trail
        items={[
          {
            key: "3",
            when: "4 pm",
            children: (
              <>
                <b>On the way.</b> Maria has 12 meals.
              </>
            ),
          },
          { key: "2", when: "2 pm", children: "Maria said yes to 12 meals." },
          { key: "1", when: "noon", children: "Posted." },
        ]}
      />
      <p className="row">
        {(
          [
            "hands",
            "hand",
            "soup",
            "shirt",
            "pill",
            "book",
            "wifi",
            "bike",
            "hammer",
            "house",
            "pin",
            "clock",
            "phone",
            "lock",
            "link",
            "back",
          ] as const
        ).map((name) => (
          <span key={name}>
            <Icon name={name} /> {name}
          </span>
        ))}
      </p>
    </section>
  );
}

export function DeskSamples() {
  return (
    <section className="stack">
      <h2>Desk</h2>
      <Figures>
        <Figure label="Open now" value="38" note="9 more than last week" href="#open" />
        <Figure label="Half are claimed within" value="3 h 10 m" note="9 of 10 within 26 h" />
        <Figure label="Waiting too long" value="7" note="Mostly food" href="#late" look="stop" />
        <Figure label="Met" value="81%" note="of 212 asked, 172 met" />
      </Figures>
      <DataTable id="waiting" caption="Who waits longest">
        <thead>
          <tr>
            <ColumnHead>Post</ColumnHead>
            <ColumnHead>State</ColumnHead>
            <ColumnHead number sort={{ href: "#s1", direction: "descending" }}>
              Waiting
            </ColumnHead>
            <ColumnHead number sort={{ href: "#s2" }}>
              Left
            </ColumnHead>
          </tr>
        </thead>
        <tbody>
          <tr className="late">
            <th scope="row">
              <a href="#4F2K">Groceries for a family of 4</a>
            </th>
            <td>
              <StatusChip status="late">Late</StatusChip>
            </td>
            <td className="n">52 h</td>
            <td className="n">28</td>
          </tr>
          <tr>
            <th scope="row">
              <a href="#9QRT">Ride to a clinic</a>
            </th>
            <td>
              <StatusChip status="taken">Covered</StatusChip> <Label look="ask">Need</Label>
            </td>
            <td className="n">2 h</td>
            <td className="n">0</td>
          </tr>
        </tbody>
      </DataTable>
    </section>
  );
}
