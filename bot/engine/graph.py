"""Runs the components of a trained model one after the other."""

from __future__ import annotations

import functools
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphNode, GraphNodeHook, GraphSchema
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.storage import ModelStorage


class DirectRunner(GraphRunner):
    """Runs a graph in an order that is worked out once for each set of targets.

    Rasa's own runner hands the graph to dask, which plans it anew for every message and
    could spread it over threads; here a message takes one thread, and 5 ms.
    """

    def __init__(
        self,
        graph_schema: GraphSchema,
        model_storage: ModelStorage,
        execution_context: ExecutionContext,
        hooks: list[GraphNodeHook] | None = None,
    ) -> None:
        """Make the components."""
        self._schema = graph_schema
        self._nodes = {
            name: GraphNode.from_schema_node(
                name, node, model_storage, execution_context, hooks
            )
            for name, node in graph_schema.nodes.items()
        }
        self._order = functools.cache(self._order_for)

    @classmethod
    def create(
        cls,
        graph_schema: GraphSchema,
        model_storage: ModelStorage,
        execution_context: ExecutionContext,
        hooks: list[GraphNodeHook] | None = None,
    ) -> DirectRunner:
        """Return a runner, as Rasa asks for one."""
        return cls(graph_schema, model_storage, execution_context, hooks)

    def run(
        self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None
    ) -> dict[str, Any]:
        """Return what the targets, or else all of the graph's, give for the inputs."""
        wanted = tuple(targets or self._schema.target_names)
        # A node takes and gives pairs of a name and a value.
        done = {name: (name, value) for name, value in (inputs or {}).items()}
        for name, needs in self._order(wanted):
            # What is missing is named, for the node's message.
            done[name] = self._nodes[name](*(done.get(need, need) for need in needs))
        return {name: done[name][1] for name in wanted}

    def _order_for(self, targets: tuple[str, ...]) -> list[tuple[str, list[str]]]:
        """Return the nodes that targets need, each after those that it needs."""
        nodes = self._schema.minimal_graph_schema(list(targets)).nodes
        order: dict[str, list[str]] = {}

        def add(name: str) -> None:
            if name in nodes and name not in order:
                needs = list(nodes[name].needs.values())
                for need in needs:
                    add(need)
                order[name] = needs

        for target in targets:
            add(target)
        return list(order.items())
