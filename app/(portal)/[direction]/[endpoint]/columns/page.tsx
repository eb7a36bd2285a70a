import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ColumnTable } from "@/components/datasets/column-table";
import { EmptyState } from "@/components/ui/empty-state";
import { countFilled, findDataset } from "@/lib/datasets/queries";
import { database } from "@/lib/db/client";
import { EndpointFrame } from "../endpoint-frame";
import { readSource } from "../read-endpoint";

type Props = { params: Promise<{ direction: string; endpoint: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { direction, endpoint: id } = await params;
  return { title: `Columns of ${(await readSource(direction, id, "/columns")).endpoint.name}` };
}

export default async function ColumnsPage({ params }: Props) {
  const { direction, endpoint: id } = await params;
  const { actor, endpoint } = await readSource(direction, id, "/columns");
  const db = await database();
  const { columns } = (await findDataset(db, actor, endpoint.id)) ?? notFound();
  const fill = (await countFilled(db, actor, endpoint.id)) ?? notFound();
  return (
    <EndpointFrame endpoint={endpoint}>
      {columns.length === 0 ? (
        <EmptyState icon="columns-3" title="No columns yet">
          They are known once it is chosen what this source reads.
        </EmptyState>
      ) : (
        <ColumnTable columns={columns} fill={fill} />
      )}
    </EndpointFrame>
  );
}
