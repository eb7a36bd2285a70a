/** The formats of a download, by the ending of its address. */
export const deliveryFormats = ["ndjson", "csv"] as const;
export type DeliveryFormat = (typeof deliveryFormats)[number];
