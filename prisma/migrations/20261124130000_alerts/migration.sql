-- CreateTable
CREATE TABLE "Alert" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "heatpumpId" TEXT,
    "rule" TEXT NOT NULL,
    "message" TEXT,
    "repeatEveryMs" INTEGER,
    "enabled" BOOLEAN NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "Alert_heatpumpId_fkey" FOREIGN KEY ("heatpumpId") REFERENCES "Heatpump" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "AlertState" (
    "alertId" TEXT NOT NULL,
    "heatpumpId" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "since" DATETIME,
    "acknowledgedAt" DATETIME,
    "notifiedAt" DATETIME,
    "value" REAL,
    "text" TEXT,

    PRIMARY KEY ("alertId", "heatpumpId"),
    CONSTRAINT "AlertState_alertId_fkey" FOREIGN KEY ("alertId") REFERENCES "Alert" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "AlertState_heatpumpId_fkey" FOREIGN KEY ("heatpumpId") REFERENCES "Heatpump" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "AlertEvent" (
    "number" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "alertId" TEXT NOT NULL,
    "heatpumpId" TEXT NOT NULL,
    "previous" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "acknowledgedAt" DATETIME,
    "value" REAL,
    "text" TEXT,
    "at" DATETIME NOT NULL,
    CONSTRAINT "AlertEvent_alertId_fkey" FOREIGN KEY ("alertId") REFERENCES "Alert" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "AlertEvent_heatpumpId_fkey" FOREIGN KEY ("heatpumpId") REFERENCES "Heatpump" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Channel" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "settings" TEXT NOT NULL,
    "secret" TEXT,
    "language" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "AlertChannel" (
    "alertId" TEXT NOT NULL,
    "channelId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,

    PRIMARY KEY ("alertId", "channelId"),
    CONSTRAINT "AlertChannel_alertId_fkey" FOREIGN KEY ("alertId") REFERENCES "Alert" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "AlertChannel_channelId_fkey" FOREIGN KEY ("channelId") REFERENCES "Channel" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Delivery" (
    "number" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "id" TEXT NOT NULL,
    "channelId" TEXT NOT NULL,
    "notification" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "lastAttemptAt" DATETIME,
    "nextAttemptAt" DATETIME,
    "errorCode" TEXT,
    "errorMessage" TEXT,
    "createdAt" DATETIME NOT NULL,
    CONSTRAINT "Delivery_channelId_fkey" FOREIGN KEY ("channelId") REFERENCES "Channel" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "Alert_heatpumpId_idx" ON "Alert"("heatpumpId");

-- CreateIndex
CREATE INDEX "AlertState_heatpumpId_idx" ON "AlertState"("heatpumpId");

-- CreateIndex
CREATE INDEX "AlertEvent_alertId_idx" ON "AlertEvent"("alertId");

-- CreateIndex
CREATE INDEX "AlertEvent_heatpumpId_number_idx" ON "AlertEvent"("heatpumpId", "number");

-- CreateIndex
CREATE INDEX "AlertChannel_channelId_idx" ON "AlertChannel"("channelId");

-- CreateIndex
CREATE UNIQUE INDEX "Delivery_id_key" ON "Delivery"("id");

-- CreateIndex
CREATE INDEX "Delivery_channelId_state_number_idx" ON "Delivery"("channelId", "state", "number");
