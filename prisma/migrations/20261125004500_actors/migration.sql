-- AlterTable
ALTER TABLE "Hold" ADD COLUMN "actor" TEXT;

-- AlterTable
ALTER TABLE "Job" ADD COLUMN "changedBy" TEXT;
