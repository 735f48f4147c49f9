import { expect, test } from "@jest/globals";
import { guardedRoutes } from "#support/guarded-routes.js";

test("an Express app with routers, prefixes, middleware of routers and of paths, and helpers in other files", () => {
  const routes = guardedRoutes({
    "src/server.ts": `
      import express from "express";
      import helmet from "helmet";
      import users from "./routes/users";
      import { adminRouter } from "./routes/admin";
      import { registerHealth } from "./health";
      const app = express();
      app.use(helmet());
      app.use("/api/users", users);
      app.use("/api/admin", requireUser, adminRouter);
      app.route("/api/notes").get(listNotes).post(requireUser, addNote);
      registerHealth(app);
      import { requireUser } from "./auth";
      function listNotes(req, res) { res.json([]); }
      async function addNote(req, res) { await db.note.create({ data: req.body }); res.json({}); }`,
    "src/auth.ts": `
      import jwt from "jsonwebtoken";
      export function requireUser(req, res, next) {
        try { req.user = jwt.verify(req.headers.authorization, process.env.JWT_SECRET); next(); }
        catch { res.status(401).json({ error: "no" }); }
      }
      export const optionalUser = (req, res, next) => {
        try { req.user = jwt.verify(req.headers.authorization, process.env.JWT_SECRET); } catch {}
        next();
      };`,
    "src/routes/users.ts": `
      import { Router } from "express";
      import { optionalUser, requireUser } from "../auth";
      import * as controller from "../controllers/users";
      const router = Router();
      router.get("/", optionalUser, controller.list);
      router.use(requireUser);
      router.delete("/:id", controller.remove);
      export default router;`,
    "src/controllers/users.ts": `
      export const list = async (req, res) => res.json([]);
      export async function remove(req, res) { res.json({}); }`,
    "src/routes/admin.ts": `
      import { Router } from "express";
      export const adminRouter = Router();
      const isAdmin = (req, res, next) => req.user.role === "admin" ? next() : res.sendStatus(403);
      const requireAdmin = (req, res, next) => { if (req.user.role !== "admin") return res.sendStatus(403); next(); };
      adminRouter.post("/reset", requireAdmin, (req, res) => res.json({}));`,
    "src/health.ts": `
      export function registerHealth(app) { app.get("/health", (req, res) => res.send("ok")); }`,
  });

  expect(routes).toEqual([
    "express GET /health src/health.ts:2 -",
    "express POST /api/admin/reset src/routes/admin.ts:6 session src/auth.ts:4, role src/routes/admin.ts:5",
    "express GET /api/users src/routes/users.ts:6 -",
    "express DELETE /api/users/:id src/routes/users.ts:8 session src/auth.ts:4",
    "express GET /api/notes src/server.ts:11 -",
    "express POST /api/notes src/server.ts:11 session src/auth.ts:4",
  ]);
});

test("controllers in classes, a router in a class, a router that a function makes", () => {
  const routes = guardedRoutes({
    "index.js": `
      const express = require("express");
      const app = express();
      const { makeOrders } = require("./orders");
      app.use("/orders", makeOrders());
      app.use("/items", require("./items"));
      app.listen(3000);`,
    "orders.js": `
      const { Router } = require("express");
      const OrderController = require("./order-controller");
      exports.makeOrders = function () {
        const router = Router();
        const controller = new OrderController();
        router.get("/:id", controller.show.bind(controller));
        return router;
      };`,
    "order-controller.js": `
      class OrderController { async show(req, res) { if (!req.user) return res.sendStatus(401); res.json({}); } }
      module.exports = OrderController;`,
    "items.js": `
      const router = require("express").Router();
      router.get("/", function (req, res) { res.json([]); });
      module.exports = router;`,
  });

  expect(routes).toEqual([
    "express GET /items items.js:3 -",
    "express GET /orders/:id orders.js:7 session order-controller.js:2",
  ]);
});
