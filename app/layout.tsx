import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { DisplayProvider } from "@/components/ui/display-context";
import { FollowedLinks } from "@/components/ui/followed-links";
import { readDisplay } from "@/lib/display/cookie";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Latchkey", template: "%s · Latchkey" },
  description: "Your team's Bitbucket Server credentials: proven, shared without being shown, and used.",
};

const barColors = { light: "#f8f9fb", dark: "#12151c" };

export async function generateViewport(): Promise<Viewport> {
  const { theme } = await readDisplay();
  if (theme !== "system") return { colorScheme: theme, themeColor: barColors[theme] };
  return {
    colorScheme: "light dark",
    themeColor: [
      { media: "(prefers-color-scheme: light)", color: barColors.light },
      { media: "(prefers-color-scheme: dark)", color: barColors.dark },
    ],
  };
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const display = await readDisplay();
  return (
    <html lang="en" data-theme={display.theme} data-density={display.density}>
      <body className="min-h-dvh antialiased">
        <FollowedLinks />
        <DisplayProvider display={display}>{children}</DisplayProvider>
      </body>
    </html>
  );
}
