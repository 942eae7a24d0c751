-- CreateTable
CREATE TABLE "SettingsSnapshot" (
    "number" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "id" TEXT NOT NULL,
    "heatpumpId" TEXT NOT NULL,
    "takenAt" DATETIME NOT NULL,
    "trigger" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "known" INTEGER NOT NULL,
    "unknown" INTEGER NOT NULL,
    "entries" BLOB NOT NULL,
    CONSTRAINT "SettingsSnapshot_heatpumpId_fkey" FOREIGN KEY ("heatpumpId") REFERENCES "Heatpump" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "SettingsChange" (
    "number" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "id" TEXT NOT NULL,
    "heatpumpId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "before" REAL NOT NULL,
    "after" REAL NOT NULL,
    "noticedAt" DATETIME NOT NULL,
    CONSTRAINT "SettingsChange_heatpumpId_fkey" FOREIGN KEY ("heatpumpId") REFERENCES "Heatpump" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "KnownSettings" (
    "heatpumpId" TEXT NOT NULL PRIMARY KEY,
    "model" TEXT NOT NULL,
    "settings" BLOB NOT NULL,
    CONSTRAINT "KnownSettings_heatpumpId_fkey" FOREIGN KEY ("heatpumpId") REFERENCES "Heatpump" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE UNIQUE INDEX "SettingsSnapshot_id_key" ON "SettingsSnapshot"("id");

-- CreateIndex
CREATE INDEX "SettingsSnapshot_heatpumpId_trigger_number_idx" ON "SettingsSnapshot"("heatpumpId", "trigger", "number");

-- CreateIndex
CREATE INDEX "SettingsSnapshot_heatpumpId_number_idx" ON "SettingsSnapshot"("heatpumpId", "number");

-- CreateIndex
CREATE UNIQUE INDEX "SettingsChange_id_key" ON "SettingsChange"("id");

-- CreateIndex
CREATE INDEX "SettingsChange_heatpumpId_number_idx" ON "SettingsChange"("heatpumpId", "number");
