-- CreateTable
CREATE TABLE "Dashboard" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "heatpumpId" TEXT,
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "widgets" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "Dashboard_heatpumpId_fkey" FOREIGN KEY ("heatpumpId") REFERENCES "Heatpump" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "Dashboard_heatpumpId_position_idx" ON "Dashboard"("heatpumpId", "position");
