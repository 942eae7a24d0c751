-- CreateTable
CREATE TABLE "MissingRegister" (
    "heatpumpId" TEXT NOT NULL,
    "device" TEXT NOT NULL,
    "firmware" TEXT NOT NULL,
    "table" TEXT NOT NULL,
    "address" INTEGER NOT NULL,
    "learntAt" DATETIME NOT NULL,
    "retestAt" DATETIME NOT NULL,

    PRIMARY KEY ("heatpumpId", "table", "address"),
    CONSTRAINT "MissingRegister_heatpumpId_fkey" FOREIGN KEY ("heatpumpId") REFERENCES "Heatpump" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
