-- CreateTable
CREATE TABLE "Heatpump" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "manufacturer" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "port" INTEGER NOT NULL,
    "unitId" INTEGER NOT NULL,
    "timeoutMs" INTEGER NOT NULL,
    "config" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL,
    "readOnly" BOOLEAN NOT NULL,
    "pollIntervalMs" INTEGER,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL
);

-- CreateIndex
CREATE UNIQUE INDEX "Heatpump_host_port_unitId_key" ON "Heatpump"("host", "port", "unitId");
