-- CreateTable
CREATE TABLE "Write" (
    "number" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "id" TEXT NOT NULL,
    "heatpumpId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "requested" REAL NOT NULL,
    "previous" REAL,
    "confirmed" REAL,
    "state" TEXT NOT NULL,
    "reason" TEXT,
    "origin" TEXT NOT NULL,
    "requestedAt" DATETIME NOT NULL,
    "settledAt" DATETIME,
    CONSTRAINT "Write_heatpumpId_fkey" FOREIGN KEY ("heatpumpId") REFERENCES "Heatpump" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "RegisterWear" (
    "unit" TEXT NOT NULL,
    "table" TEXT NOT NULL,
    "address" INTEGER NOT NULL,
    "writes" INTEGER NOT NULL,
    "firstAt" DATETIME NOT NULL,
    "lastAt" DATETIME NOT NULL,
    "bucketFullAt" DATETIME NOT NULL,
    "days" TEXT NOT NULL,

    PRIMARY KEY ("unit", "table", "address")
);

-- CreateTable
CREATE TABLE "Hold" (
    "heatpumpId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "value" REAL NOT NULL,
    "holder" TEXT NOT NULL,
    "since" DATETIME NOT NULL,
    "expiresAt" DATETIME NOT NULL,

    PRIMARY KEY ("heatpumpId", "key"),
    CONSTRAINT "Hold_heatpumpId_fkey" FOREIGN KEY ("heatpumpId") REFERENCES "Heatpump" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE UNIQUE INDEX "Write_id_key" ON "Write"("id");

-- CreateIndex
CREATE INDEX "Write_heatpumpId_number_idx" ON "Write"("heatpumpId", "number");

-- CreateIndex
CREATE INDEX "Write_heatpumpId_key_number_idx" ON "Write"("heatpumpId", "key", "number");
