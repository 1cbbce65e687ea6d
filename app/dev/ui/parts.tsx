"use client";

import { Phone, Send } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Clock } from "@/components/ui/clock";
import { EmptyState } from "@/components/ui/empty-state";
import { FailedState } from "@/components/ui/failed-state";
import { Field } from "@/components/ui/field";
import { FileDrop } from "@/components/ui/file-drop";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { late } from "@/components/ui/late";
import { Menu } from "@/components/ui/menu";
import { Meter } from "@/components/ui/meter";
import { Progress } from "@/components/ui/progress";
import { RateText } from "@/components/ui/rate";
import { Select } from "@/components/ui/select";
import { SkeletonRows } from "@/components/ui/skeleton";
import { SmallWheel } from "@/components/ui/small-wheel";
import { SpokeCode } from "@/components/ui/spoke-code";
import { type MarkState, StatusMark } from "@/components/ui/status-mark";
import { Textarea } from "@/components/ui/textarea";
import { say } from "@/components/ui/toast";
import { Toaster } from "@/components/ui/toaster";

const Dialog = late(() => import("@/components/ui/dialog").then((module) => module.Dialog));

const marks: readonly MarkState[] = ["idle", "active", "waiting", "overdue", "stalled", "good"];
const codes = ["Mk", "Sa", "SS", "De", "Im", "CS", "Sv", "Sp"];
const clocks = [
  { ratio: 0.3, text: "in 2 d" },
  { ratio: 0.8, text: "48 min" },
  { ratio: 1.3, text: "1:31 late" },
  { ratio: 2.3, text: "5 d late, stalled" },
];

/** The primitives in their states. */
export function Parts() {
  return (
    <div lang="en" className="grid md:grid-cols-3">
      <Buttons />
      <Fields />
      <Marks />
      <Box name="Loading">
        <SkeletonRows rows={4} label="Loading" />
      </Box>
      <Box name="Empty">
        <EmptyState title="No one matches “Fox Hollow”." action={<Button shortcut="Esc">Clear filter</Button>}>
          That is good news. 4 match at 14 days.
        </EmptyState>
      </Box>
      <Box name="Failed">
        <FailedState onRetry={() => undefined} requestId="8F2K-44QD" />
      </Box>
      <Toaster />
    </div>
  );
}

function Box({ name, children }: { name: string; children: ReactNode }) {
  return (
    <section className="grid content-start gap-4 border-hairline border-b px-4 py-4 md:border-e md:px-7">
      <h2 className="text-12 text-ink-3">{name}</h2>
      {children}
    </section>
  );
}

function Buttons() {
  const [isOpen, setOpen] = useState(false);
  return (
    <Box name="Buttons">
      <div className="flex flex-wrap gap-2">
        <Button kind="primary" shortcut="⌘↵">
          Log touch
        </Button>
        <Button shortcut="R" onClick={() => setOpen(true)}>
          <Send aria-hidden className="size-4" strokeWidth={1.5} /> Relay
        </Button>
        <Button
          kind="text"
          onClick={() => void say("Handed to Design.", { undo: { label: "Undo", run: () => undefined } })}
        >
          Snooze
        </Button>
        <Button kind="danger">Remove</Button>
        <Button disabled>Approve</Button>
        <Button kind="primary" isBusy>
          Saving
        </Button>
        <IconButton icon={Phone} label="Call" />
        <Menu
          label="Move to"
          trigger={<Button>Move to</Button>}
          items={codes.map((code) => ({ label: code, onSelect: () => undefined, isCurrent: code === "De" }))}
        />
      </div>
      <Button
        kind="text"
        onClick={() => void say("Not saved: Ines changed the due date first. Your note is kept.", { isError: true })}
      >
        Fail
      </Button>
      {isOpen ? (
        <Dialog
          isOpen
          onClose={() => setOpen(false)}
          title="Ask Design"
          description="Noa Feldman has 4 staffed hours to answer."
          footer={<Button kind="primary">Send</Button>}
        >
          <Field label="Question">{(control) => <Textarea {...control} />}</Field>
        </Dialog>
      ) : null}
    </Box>
  );
}

function Fields() {
  return (
    <Box name="Fields">
      <Field label="Due by" error="Design is closed on Saturday. Mon 30 Nov?">
        {(control) => <Input {...control} defaultValue="Sat 28 Nov" />}
      </Field>
      <Field label="Note" hint="Only your workspace reads it." isRequired>
        {(control) => <Textarea {...control} placeholder="What happened" />}
      </Field>
      <Field label="Department">
        {(control) => <Select {...control} options={codes.map((code) => ({ value: code, label: code }))} />}
      </Field>
      <Checkbox label="They had to repeat themselves" />
      <FileDrop label="Drop a CSV" hint="or choose one" accept=".csv" onFiles={() => undefined} />
    </Box>
  );
}

function Marks() {
  return (
    <Box name="Marks">
      <div className="flex flex-wrap gap-4">
        {clocks.map(({ ratio, text }) => (
          <Clock key={text} ratio={ratio} text={text} />
        ))}
      </div>
      <div className="flex flex-wrap gap-4">
        {marks.map((state) => (
          <span key={state} className="flex items-center gap-1.5 text-12">
            <StatusMark state={state} /> {state}
          </span>
        ))}
      </div>
      <div className="flex flex-wrap gap-3">
        {codes.map((code, index) => (
          <SpokeCode key={code} code={code} position={index + 1} name={code} />
        ))}
        <SpokeCode code="◎" position={0} name="OSC" />
      </div>
      <div className="flex gap-2">
        <SmallWheel involved={[1]} baton={0} />
        <SmallWheel involved={[1, 2, 3]} baton={4} />
        <SmallWheel involved={[1, 2, 3]} baton={4} isLate />
        <SmallWheel involved={[1, 2]} baton={2} className="size-40" />
      </div>
      <Meter share={0.89} level="amber" label="Load" />
      <Progress share={0.4} label="Import" />
      <RateText k={120} n={160} lo={0.68} hi={0.81} noData="no data" needs={(more) => `needs ${more} more`} />
      <RateText k={3} n={8} lo={0.13} hi={0.7} noData="no data" needs={(more) => `needs ${more} more`} />
      <p className="said">“Is Tuesday’s meeting still on? Nobody was there.”</p>
      <p className="verdict">Design is consistent.</p>
    </Box>
  );
}
