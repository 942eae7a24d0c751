-- CreateTable
CREATE TABLE "Pace" (
    "heatpumpId" TEXT NOT NULL PRIMARY KEY,
    "device" TEXT NOT NULL,
    "limit" REAL NOT NULL,
    "ceiling" REAL NOT NULL,
    "troubleAt" REAL NOT NULL,
    "liftedAt" REAL NOT NULL,
    "lostAt" DATETIME NOT NULL,
    CONSTRAINT "Pace_heatpumpId_fkey" FOREIGN KEY ("heatpumpId") REFERENCES "Heatpump" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
